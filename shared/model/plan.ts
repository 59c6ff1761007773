// The record changes that turn what is observed into what is wanted, with the reason for each; and why a plan may not be carried out.
import * as z from 'zod'
import { Fence } from './fence.ts'
import { ObservedRecords } from './observed-records.ts'
import { Reason } from './reason.ts'
import { WeightedRecord } from './record.ts'

/** One member before and after; at least one side is present. */
export const RecordChange = z.object({
  before: WeightedRecord.optional(),
  after: WeightedRecord.optional(),
  reason: Reason,
})
export type RecordChange = z.infer<typeof RecordChange>

/** Which decision a write carried out: by this a repair is told from a change that had to wait. */
export const DecidedShares = z.object({
  /** The set of the decision. */
  set: z.string(),
  /** Decided shares by provider, 0–1. */
  shares: z.record(z.string(), z.number()),
  /** Providers that kept the return weight beside those shares. */
  withheld: z.array(z.string()),
  /** Of the hold, where somebody held the shares. */
  generation: z.int().optional(),
  /** `changedAt` of the split it carried, epoch seconds: a write may come after a split has changed and not know of it. */
  splitAt: z.number().optional(),
})
export type DecidedShares = z.infer<typeof DecidedShares>

/** What the decision rested on; the guards use it again where the plan is carried out. */
export const PlanEvidence = z.object({
  signalsRequired: z.int().min(0),
  signalsMissing: z.int().min(0),
  /** Providers that are neither down nor drained. */
  mayServe: z.array(z.string()),
  /** Providers decided to get weight 0. */
  zero: z.array(z.string()),
  /** Versions decided to get weight 0: kept as the last resort. */
  zeroVersions: z.array(z.string()).optional(),
})
export type PlanEvidence = z.infer<typeof PlanEvidence>

export const Plan = z.object({
  hostname: z.string(),
  zoneId: z.string(),
  /** Whether missing data, velocity and dead time bind this plan. */
  cause: z.enum(['initial', 'override', 'probe', 'signal', 'hold', 'fail-static', 'panic', 'repair', 'canary', 'rollback']),
  /** What the plan was made against. */
  observed: ObservedRecords,
  /** Every member the hostname shall have afterwards. */
  wanted: z.array(WeightedRecord),
  changes: z.array(RecordChange),
  fence: Fence,
  fenceTtlSeconds: z.int().min(1),
  evidence: PlanEvidence,
  decided: DecidedShares.optional(),
  reason: Reason,
})
export type Plan = z.infer<typeof Plan>

/** A guard's objection. `guard` is the file's name under shared/guards. */
export const Refusal = z.object({ guard: z.string(), reason: Reason })
export type Refusal = z.infer<typeof Refusal>
