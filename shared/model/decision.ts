// What was decided for one provider set, with everything that explains it.
import * as z from 'zod'
import { Condition } from './condition.ts'
import { Reason } from './reason.ts'
import { ProviderSignals } from './signal.ts'

/** How a provider's share becomes weights. `withheld`: a small weight behind its own red check. `none`: weight 0. */
export const ShareRole = z.enum(['serving', 'withheld', 'none'])
export type ShareRole = z.infer<typeof ShareRole>

export const ProviderDecision = z.object({
  provider: z.string(),
  condition: Condition,
  /** Effective capacity in requests/s (`E`). */
  capacityEstimate: z.number().min(0),
  role: ShareRole,
  shareBefore: z.number().min(0).max(1),
  share: z.number().min(0).max(1),
  /** Share of the load actually measured, 0–1; absent when a load is missing. */
  measuredShare: z.number().optional(),
  /** The rule that bound the share, and the sentence with its numbers. */
  reason: Reason,
})
export type ProviderDecision = z.infer<typeof ProviderDecision>

export const Decision = z.object({
  set: z.string(),
  /** Epoch seconds. */
  at: z.number(),
  /** Total demand in requests/s over the set; absent when it cannot be known. */
  demand: z.number().optional(),
  /** False: the shares that stand remain. */
  isChange: z.boolean(),
  /** Who set the shares; see the order of precedence in docs/control.md. */
  cause: z.enum(['initial', 'override', 'probe', 'signal', 'hold', 'fail-static', 'panic']),
  providers: z.array(ProviderDecision),
  reason: Reason,
  /** Things a person should know: overload, panic, half the signals missing. Each is also a metric. */
  notices: z.array(Reason),
  inputs: z.array(ProviderSignals),
})
export type Decision = z.infer<typeof Decision>
