// What the simple competitors share: reading the newest window, leaving out red ones, and writing only what differs visibly.
import { quantise } from '#plan/quantise.ts'
import type { Tick, Window } from '../controller.ts'

/** A change of share below this is not written by any of them. */
const VISIBLE = 0.01

export function newest(tick: Tick, p: number): Window | undefined {
  return tick.windows[p]?.at(-1)
}

export function isRed(tick: Tick, p: number): boolean {
  return tick.verdicts[p]?.at(-1)?.isGreen === false
}

/** Shares of the weights that stand. */
export function standingShares(tick: Tick): number[] {
  const total = tick.weights.reduce((sum, weight) => sum + weight, 0)
  return tick.weights.map((weight) => weight / total)
}

/** The weights for these shares (any sum), or nothing when they are what stands, or nobody has any. */
export function written(tick: Tick, shares: readonly number[]): readonly number[] | undefined {
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (!(total > 0)) return undefined
  const before = standingShares(tick)
  const isVisible = shares.some((share, p) => Math.abs(share / total - (before[p] ?? 0)) > VISIBLE)
  return isVisible ? quantise(shares, tick.weights).weights : undefined
}
