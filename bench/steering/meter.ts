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
  /** Writes after the event that took back the direction of any not more than ten minutes older. */
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
  const written: Written[] = [{ at: -Infinity, shares: sharesOf(initial) }]
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

type Written = { readonly at: number; readonly shares: readonly number[] }

/** A write takes back what any write of the last ten minutes did, and not only the one just before it. */
function reversalsIn(written: readonly Written[]): number {
  return written.filter((write, i) => {
    const before = written[i - 1]
    if (before === undefined || write.at < 0) return false
    const now = moves(before, write)
    const recent = written.flatMap((earlier, j) => {
      const previous = written[j - 1]
      const isRecent = j < i && write.at - earlier.at <= REVERSAL_SECONDS
      return isRecent && previous !== undefined ? [moves(previous, earlier)] : []
    })
    return recent.some((then) =>
      now.some((move, p) => Math.min(Math.abs(move), Math.abs(then[p] ?? 0)) > DIRECTION_POINTS && move * (then[p] ?? 0) < 0),
    )
  }).length
}

function moves(from: Written, to: Written): number[] {
  return to.shares.map((share, p) => share - (from.shares[p] ?? 0))
}
