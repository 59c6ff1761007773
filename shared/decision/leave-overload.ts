// What is too much for everybody stays where it is (docs/adr/0006): to move it on would make others fail for nothing.

import { allot } from './allot.ts'
import type { Taker } from './allot-under-ceiling.ts'
import { isDownByCheck, isRed, type Member } from './member.ts'

type Claimant = Member & { readonly capacity: number }

/**
 * While some fail and the capacity of those in service is below the demand: those with room are filled, those above their capacity go on
 * sharing what is left over, in proportion to what it is now. Undefined where there is room, or nothing stands that could stay.
 *
 * @param shares what each would get if the overload were the same everywhere; what waits behind a red check keeps that
 * @param demand requests/s
 */
export function leaveOverload(
  serving: readonly Claimant[],
  takers: readonly Taker[],
  shares: readonly number[],
  demand: number,
): readonly number[] | undefined {
  const inService = serving.map((claimant) => !isRed(claimant))
  const standing = serving.map((claimant, i) => (inService[i] ? (claimant.standing ?? 0) : 0))
  const lacking = demand - sum(serving.map(({ capacity }, i) => (inService[i] ? capacity : 0)))
  if (lacking <= 0 || sum(standing) <= 0) return undefined
  // A red check has moved its part to the others by itself.
  const over = serving.map(({ capacity }, i) => (inService[i] ? Math.max(0, (demand * (standing[i] ?? 0)) / sum(standing) - capacity) : 0))
  const forThem = sum(shares.filter((_, i) => inService[i]))
  const measures = serving.map(({ capacity }, i) =>
    inService[i] ? (forThem * (capacity + (lacking * (over[i] ?? 0)) / sum(over))) / demand : (shares[i] ?? 0),
  )
  return allot(measures.map((measure, i) => ({ measure, min: takers[i]?.min ?? 0, max: takers[i]?.max ?? 1 })))
}

/**
 * Everybody in service fails, so nobody is moved against another, a provider that is red and not yet down neither; what waits behind a red check takes its part from all of them alike,
 * and Route 53 gives it back to them as long as the check is red.
 */
export function holdInService(serving: readonly Member[], shares: readonly number[]): readonly number[] {
  const waiting = sum(serving.map((member, i) => (isDownByCheck(member) ? (shares[i] ?? 0) : 0)))
  const stood = sum(serving.map((member) => (isDownByCheck(member) ? 0 : (member.standing ?? 0))))
  if (stood <= 0) return shares
  return serving.map((member, i) => (isDownByCheck(member) ? (shares[i] ?? 0) : ((1 - waiting) * (member.standing ?? 0)) / stood))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
