// Turns counts since the start into what happened in the last minute of the clock.
import type { LoadCounts } from '#local/load/load-spec.ts'

export type Counted = { readonly sent: number; readonly failed: number }
export type WindowCounts = {
  readonly seconds: number
  readonly all: Counted
  readonly of: (provider: string) => Counted
  /** By `versionKey`. */
  readonly ofVersion: (key: string) => Counted
}

export interface WindowCounter {
  add(at: number, counts: LoadCounts): void
  lastMinute(): WindowCounts
}

const WINDOW_SECONDS = 60
const NONE: Counted = { sent: 0, failed: 0 }

export function createWindowCounter(): WindowCounter {
  const kept: { at: number; counts: LoadCounts }[] = []
  return {
    add(at, counts) {
      kept.push({ at, counts })
      // The oldest one kept is at least a window old, so that the difference to it is a whole window.
      while ((kept[1]?.at ?? at) <= at - WINDOW_SECONDS) kept.shift()
    },
    lastMinute() {
      const [first, last] = [kept[0], kept.at(-1)]
      const since = (kind: 'providers' | 'versions') => (key: string) =>
        difference(last?.counts[kind][key] ?? NONE, first?.counts[kind][key] ?? NONE)
      return {
        seconds: (last?.at ?? 0) - (first?.at ?? 0),
        all: difference(totals(last?.counts), totals(first?.counts)),
        ...{ of: since('providers'), ofVersion: since('versions') },
      }
    },
  }
}

/** Of all clients; a request without an address to go to is one that failed. */
export function totals(counts: LoadCounts | undefined): Counted {
  const all = Object.values(counts?.providers ?? {})
  const unresolved = counts?.unresolved ?? 0
  const sum = (key: keyof Counted) => all.reduce((total, one) => total + one[key], unresolved)
  return { sent: sum('sent'), failed: sum('failed') }
}

function difference(after: Counted, before: Counted): Counted {
  return { sent: after.sent - before.sent, failed: after.failed - before.failed }
}
