// Why a canary goes no further for now, and how long that may last at most: whatever stands still has a deadline, and its end is the way back.
import type { Canary } from '#model/canary.ts'

export type Stillness = {
  readonly code: 'frozen' | 'held' | 'common-mode'
  readonly sentence: string
  readonly mostMinutes: number
}

/** How many times the longest dwell of a step failover, or an incident that hits both arms, may keep a canary. */
const PATIENCE = 2

/** In the order of their weight; undefined where nothing keeps it. Minutes that pass so do not count as those of the step. */
export function stillnessOf({ frozen, held, verdict, strategy }: Canary): Stillness | undefined {
  const outage = PATIENCE * strategy.maxDwellMinutes
  if (frozen !== undefined) return { code: 'frozen', sentence: `frozen, not judged: ${frozen.sentence}`, mostMinutes: outage }
  if (held !== undefined) return { code: 'held', sentence: `held by ${held.author}: ${held.reason}`, mostMinutes: strategy.holdMinutes }
  if (verdict?.verdict === 'commonMode') return { code: 'common-mode', sentence: verdict.reason.sentence, mostMinutes: outage }
  return undefined
}

/** With the cause that stands, and since when: another cause begins anew. A hold lasts since it was said. */
export function withStillness({ still, ...canary }: Canary, nowSeconds: number): Canary {
  const now = stillnessOf(canary)
  if (now === undefined) return canary
  const since = now.code === 'held' ? canary.held?.at : still?.code === now.code ? still.since : undefined
  return { ...canary, still: { code: now.code, since: since ?? nowSeconds } }
}
