// Load that fails where it is now is offered to providers that show no failures: it has nothing to lose there.
import type { EstimatorPolicy } from '#model/policy.ts'
import { effectiveCapacity, reportedCapacity } from './estimate.ts'
import { isDownByCheck, isRed, type Member, mayServe } from './member.ts'

/** Less than this part of the demand is not worth a probe. */
const WORTH_OFFERING = 0.01

/**
 * What each member is offered beyond its estimate, requests/s, in the order of the members.
 *
 * First come clean ones in service, up to what they report (a ramping one: its nominal capacity), but none that was cut within
 * `retryDeadTimes` dead times. What is left over waits, up to their nominal capacity, for those that their own red checks withhold, as far as
 * the others, filled to `fill`, have no room for it: while they fail for lack of room, a trickle would be the wrong thing to come back with.
 * A failure that other shares would end is no lack of room.
 */
export function offers(
  members: readonly Member[],
  demand: number | undefined,
  estimator: EstimatorPolicy,
  deadSeconds: number,
  nowSeconds: number,
): number[] {
  const isInService = (member: Member) => mayServe(member) && !isRed(member)
  const unserved = members.reduce((sum, member) => sum + (isInService(member) && member.memory.isBad ? member.memory.failing : 0), 0)
  if (demand === undefined || unserved <= WORTH_OFFERING * demand) return members.map(() => 0)
  const room = (member: Member, most: number) => Math.max(0, most - effectiveCapacity(member, estimator))
  const now = members.map((member) => {
    const { memory } = member
    const wasJustCut = memory.lastCutAt !== undefined && nowSeconds - memory.lastCutAt <= estimator.retryDeadTimes * deadSeconds
    if (!isInService(member) || memory.isBad || wasJustCut || member.reading.missing.length > 0) return 0
    return room(member, memory.isRamping ? memory.nominal : reportedCapacity(member))
  })
  const later = members.map((member) => (isDownByCheck(member) && member.drain === undefined ? room(member, member.memory.nominal) : 0))
  const taken = Math.min(unserved, total(now))
  // A tier that is closed counts: it opens for want of room.
  const mostOf = ({ bounds }: Member) => (bounds.maxShare === 0 ? Infinity : bounds.maxShare * demand)
  const carried = members.map((member, i) => {
    const capacity = effectiveCapacity(member, estimator) + part(now, i, taken)
    return isInService(member) ? Math.min(estimator.fill * capacity, mostOf(member)) : 0
  })
  const lacking = Math.max(0, demand - total(carried))
  const waiting = Math.min(unserved - taken, lacking, total(later))
  return members.map((_, i) => part(now, i, taken) + part(later, i, waiting))
}

function total(rooms: readonly number[]): number {
  return rooms.reduce((sum, one) => sum + one, 0)
}

function part(rooms: readonly number[], index: number, amount: number): number {
  return amount > 0 ? ((rooms[index] ?? 0) * amount) / total(rooms) : 0
}
