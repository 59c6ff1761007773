// What became of a plan.
import * as z from 'zod'
import { Fence } from './fence.ts'
import { Hostname } from './names.ts'
import { ObservedRecords } from './observed-records.ts'
import { DecidedShares, Plan, Refusal } from './plan.ts'
import { Reason } from './reason.ts'

export const Receipt = z.object({
  hostname: z.string(),
  /** Absent where the answer that names the change was lost. */
  changeId: z.string().optional(),
  fence: Fence,
  /** Epoch seconds. */
  submittedAt: z.number(),
  /** Absent until Route 53 answered INSYNC, or so long that it is presumed of a change that has no id. */
  inSyncAt: z.number().optional(),
  /** Set once what it wrote was kept as the last good plan. */
  isGood: z.literal(true).optional(),
  reason: Reason,
  decided: DecidedShares.optional(),
})
export type Receipt = z.infer<typeof Receipt>

/** The outcome of one hostname. Expected outcomes are values, not exceptions. */
export const ApplyOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('applied'), hostname: z.string(), receipt: Receipt }),
  /** Observed already equals wanted: an earlier try went through. */
  z.object({ kind: z.literal('already'), hostname: z.string(), observed: ObservedRecords }),
  /** Somebody else wrote: here is what stands now; plan again. */
  z.object({ kind: z.literal('conflict'), hostname: z.string(), observed: ObservedRecords, reason: Reason }),
  /** Nothing was known of the hostname: here is what stands; plan now. */
  z.object({ kind: z.literal('looked'), hostname: z.string(), observed: ObservedRecords }),
  z.object({ kind: z.literal('refused'), hostname: z.string(), refusals: z.array(Refusal).min(1) }),
  /** Throttled or out of time: it goes first in the next tick. */
  z.object({ kind: z.literal('deferred'), hostname: z.string(), reason: Reason }),
  /** An error of this hostname alone, such as a zone or a health check that is gone. */
  z.object({ kind: z.literal('failed'), hostname: z.string(), reason: Reason }),
])
export type ApplyOutcome = z.infer<typeof ApplyOutcome>

/** Who wants the last good plan of a hostname back, why, and until when it is pinned (epoch seconds). */
export const RollbackRequest = z.strictObject({
  hostname: Hostname,
  author: z.string().min(1),
  reason: z.string().min(1),
  expiresAt: z.number(),
})
export type RollbackRequest = z.infer<typeof RollbackRequest>

/** What rebalance asks of apply: rollbacks first, plans to carry out, hostnames to look at, and earlier changes whose INSYNC is awaited. */
export const ApplyRequest = z.strictObject({
  rollbacks: z.array(RollbackRequest),
  plans: z.array(Plan),
  look: z.array(z.string()),
  confirm: z.array(Receipt),
  /** Epoch seconds after which nobody waits for the answer any more; apply may have to end earlier. */
  deadlineSeconds: z.number().optional(),
})
export type ApplyRequest = z.infer<typeof ApplyRequest>

export const ApplyAnswer = z.object({ outcomes: z.array(ApplyOutcome), confirmed: z.array(Receipt) })
export type ApplyAnswer = z.infer<typeof ApplyAnswer>
