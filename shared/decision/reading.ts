// What one provider's signals say in this tick, taken together: the newest window, the verdict of its checks, and what is missing.
import type { Provider } from '#model/provider.ts'
import type { ProviderSignals, Signal } from '#model/signal.ts'

export type Verdict = { readonly state: 'green' | 'red' | 'unknown'; readonly since: number }

export type Reading = {
  readonly name: string
  readonly probe: Verdict
  /** End of the newest window any signal describes; undefined when all are missing. */
  readonly windowEnd: number | undefined
  readonly windowSeconds: number
  /** Requests/s; undefined when missing or not configured. */
  readonly capacity: number | undefined
  readonly load: number | undefined
  readonly errors: number | undefined
  readonly utilisation: number | undefined
  /** Required signals: the checks, and capacity, load and errors where they are configured. */
  readonly required: number
  /** Names of the required signals that are missing. */
  readonly missing: readonly string[]
}

const REQUIRED = ['capacity', 'load', 'errors'] as const

/** `signals` undefined counts as everything missing. */
export function reading(provider: Provider, signals: ProviderSignals | undefined, nowSeconds: number): Reading {
  const probe = verdict(signals, nowSeconds)
  const configured = REQUIRED.filter((name) => provider.signals[name] !== null)
  const missing = configured.filter((name) => signals?.[name].state !== 'present')
  const measured = [signals?.capacity, signals?.load, signals?.errors, signals?.utilisation].filter((signal) => signal?.state === 'present')
  const newest = measured.toSorted((a, b) => b.observedAt - a.observedAt)[0]
  return {
    name: provider.name,
    probe,
    windowEnd: newest?.observedAt,
    windowSeconds: newest?.windowSeconds ?? 60,
    capacity: presentValue(signals?.capacity),
    load: presentValue(signals?.load),
    errors: presentValue(signals?.errors),
    utilisation: presentValue(signals?.utilisation),
    required: configured.length + 1,
    missing: probe.state === 'unknown' ? ['probe', ...missing] : missing,
  }
}

function presentValue(signal: Signal | undefined): number | undefined {
  return signal?.state === 'present' ? signal.value : undefined
}

/** Red when every endpoint is red, green when any is green; since the last of them turned red, or the first of them green. */
function verdict(signals: ProviderSignals | undefined, nowSeconds: number): Verdict {
  const probes = signals?.probes ?? []
  const since = (state: 'green' | 'red') => probes.filter((probe) => probe.state === state).map((probe) => probe.since)
  if (since('green').length > 0) return { state: 'green', since: Math.min(...since('green')) }
  if (probes.length > 0 && since('red').length === probes.length) return { state: 'red', since: Math.max(...since('red')) }
  return { state: 'unknown', since: nowSeconds }
}
