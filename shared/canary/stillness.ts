// Why a canary goes no further for now, and how long that may last at most: whatever stands still has a deadline, and its end is the way back.
import type { Canary } from '#model/canary.ts'
import { spanAt } from '#model/freeze-window.ts'

export type Stillness = {
  readonly code: 'frozen' | 'held' | 'freeze-window' | 'common-mode'
  readonly sentence: string
  readonly mostMinutes: number
}

/** How many times the longest dwell of a step failover, or an incident that hits both arms, may keep a canary. */
const PATIENCE = 2

/** In the order of their weight; undefined where nothing keeps it. Minutes that pass so do not count as those of the step. */
export function stillnessOf(canary: Canary, nowSeconds: number): Stillness | undefined {
  const { frozen, verdict, strategy } = canary
  const outage = PATIENCE * strategy.maxDwellMinutes
  if (frozen !== undefined) return { code: 'frozen', sentence: `frozen, not judged: ${frozen.sentence}`, mostMinutes: outage }
  const wait = waitOf(canary, nowSeconds)
  if (wait !== undefined) return wait
  if (verdict?.verdict === 'commonMode') return { code: 'common-mode', sentence: verdict.reason.sentence, mostMinutes: outage }
  return undefined
}

/**
 * Somebody's word, or the calendar. At 100 % no window keeps it: nothing goes forward any more. Whoever asks for the promotion within the window means
 * just that, and stands by it with a name and a reason.
 */
export function waitOf(canary: Canary, nowSeconds: number): Stillness | undefined {
  const { held, freezes, phase, promoteAsked, strategy } = canary
  const mostMinutes = strategy.holdMinutes
  if (held !== undefined) return { code: 'held', sentence: `held by ${held.author}: ${held.reason}`, mostMinutes }
  const span = spanAt(freezes, nowSeconds)
  if (span === undefined || phase === 'lastBake' || (promoteAsked?.at ?? 0) >= span.from) return undefined
  return { code: 'freeze-window', sentence: `stands still in the freeze window ${span.name}, which ends at ${span.ends}`, mostMinutes }
}

/** With the cause that stands, and since when: another cause begins anew. A hold lasts since it was said. */
export function withStillness({ still, ...canary }: Canary, nowSeconds: number): Canary {
  const now = stillnessOf(canary, nowSeconds)
  if (now === undefined) return canary
  const since = now.code === 'held' ? canary.held?.at : still?.code === now.code ? still.since : undefined
  return { ...canary, still: { code: now.code, since: since ?? nowSeconds } }
}
