// What a run is judged by.
import { type Scenario, valueAt } from './scenario.ts'
import type { Second } from './world.ts'

export type Outcome = {
  /** Requests that failed after the event, percent of all. */
  readonly failedPercent: number
  /** Largest part of the demand that failed in one second, percent. */
  readonly peakPercent: number
  /** Seconds after the event until, for good, no more than 1 % of what failed at the peak fails; undefined when it never came to that. */
  readonly movedSeconds: number | undefined
  /** Writes after the event, and before it, where nothing happens. */
  readonly writes: number
  readonly quietWrites: number
  /** Writes after the event that took back the direction of one less than ten minutes older. */
  readonly reversals: number
}

const REVERSAL_SECONDS = 600
/** A change of share below this is no direction. */
const DIRECTION_POINTS = 0.01

export function createMeter(scenario: Scenario, initial: readonly number[]) {
  let failed = 0
  let total = 0
  const failingAt: number[] = []
  const demandAt: number[] = []
  const written: { readonly at: number; readonly shares: readonly number[] }[] = [{ at: -Infinity, shares: sharesOf(initial) }]
  return {
    wrote: (weights: readonly number[], at: number) => {
      written.push({ at, shares: sharesOf(weights) })
    },
    measure: ({ failing }: Second, at: number) => {
      if (at < 0) return
      const now = failing.reduce((sum, one) => sum + one, 0)
      const demand = valueAt(scenario.demand, at)
      failed += now
      total += demand
      failingAt.push(now)
      demandAt.push(demand)
    },
    outcome: (): Outcome => {
      const peak = Math.max(...failingAt)
      const last = failingAt.findLastIndex((now) => now > 0.01 * peak)
      const worst = Math.max(...failingAt.map((now, i) => now / (demandAt[i] ?? Infinity)))
      return {
        failedPercent: total > 0 ? (100 * failed) / total : 0,
        peakPercent: 100 * worst,
        movedSeconds: peak <= 0 ? 0 : last + 1 < failingAt.length ? last + 1 : undefined,
        writes: written.filter(({ at }) => at >= 0).length,
        quietWrites: written.filter(({ at }) => at > -Infinity && at < 0).length,
        reversals: reversalsIn(written),
      }
    },
  }
}

function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

function reversalsIn(written: readonly { readonly at: number; readonly shares: readonly number[] }[]): number {
  let count = 0
  for (let i = 2; i < written.length; i++) {
    const [first, second, third] = [written[i - 2], written[i - 1], written[i]]
    if (first === undefined || second === undefined || third === undefined) continue
    if (third.at < 0 || third.at - second.at > REVERSAL_SECONDS) continue
    const isReversed = third.shares.some((share, p) => {
      const before = (second.shares[p] ?? 0) - (first.shares[p] ?? 0)
      const after = share - (second.shares[p] ?? 0)
      return Math.min(Math.abs(before), Math.abs(after)) > DIRECTION_POINTS && before * after < 0
    })
    if (isReversed) count += 1
  }
  return count
}
