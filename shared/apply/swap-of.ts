// The batch that turns what stands into what is wanted: exact deletions, creations, and the fence.
import { fenceText } from '#model/fence.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan } from '#model/plan.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'
import { recordDifference } from './record-difference.ts'

/** Only records that differ are in the batch; the fence always is, so two writers can never both succeed. */
export function swapOf(plan: Plan, observed: ObservedRecords): RecordSwap {
  return {
    zoneId: plan.zoneId,
    hostname: plan.hostname,
    ...recordDifference(observed.members, plan.wanted),
    fence: { before: observed.fence, after: { ...plan.fence, ttlSeconds: plan.fenceTtlSeconds } },
    comment: `${fenceText(plan.fence)} ${plan.cause}`,
  }
}
