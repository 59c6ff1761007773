// Load that fails where it is now is offered to providers that show no failures: it has nothing to lose there.
import type { EstimatorPolicy } from '#model/policy.ts'
import { effectiveCapacity, reportedCapacity } from './estimate.ts'
import { isRed, type Member, mayServe } from './member.ts'

/** Less than this part of the demand is not worth a probe. */
const WORTH_OFFERING = 0.01

/**
 * What each member is offered beyond its estimate, requests/s, in the order of the members.
 * Only clean ones are offered anything, up to what they report (a ramping one: its nominal capacity), and none that was cut within
 * `retryDeadTimes` dead times. Providers that are down get nothing: they are bound to the return weight.
 */
export function offers(
  members: readonly Member[],
  demand: number | undefined,
  estimator: EstimatorPolicy,
  deadSeconds: number,
  nowSeconds: number,
): number[] {
  const inService = members.filter((member) => mayServe(member) && !isRed(member))
  const unserved = inService.reduce((sum, { memory }) => sum + (memory.isBad ? memory.failing : 0), 0)
  if (demand === undefined || unserved <= WORTH_OFFERING * demand) return members.map(() => 0)
  const rooms = members.map((member) => {
    const { memory } = member
    const wasJustCut = memory.lastCutAt !== undefined && nowSeconds - memory.lastCutAt <= estimator.retryDeadTimes * deadSeconds
    if (!inService.includes(member) || memory.isBad || wasJustCut || member.reading.missing.length > 0) return 0
    const most = memory.isRamping ? memory.nominal : reportedCapacity(member)
    return Math.max(0, most - effectiveCapacity(member, estimator))
  })
  const room = rooms.reduce((sum, one) => sum + one, 0)
  return room === 0 ? rooms : rooms.map((one) => (one * Math.min(unserved, room)) / room)
}
