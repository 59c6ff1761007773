// What was decided for one provider set, with everything that explains it.
import * as z from 'zod'
import { Condition } from './condition.ts'
import { Reason } from './reason.ts'
import { ProviderSignals } from './signal.ts'

/**
 * How a provider's share becomes weights. `withheld`: a small weight behind its own red check. `waiting`: a share behind its own red
 * check, for load that nobody else has room for (docs/adr/0004). `none`: weight 0.
 */
export const ShareRole = z.enum(['serving', 'waiting', 'withheld', 'none'])
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

/** Who set the shares; see the order of precedence in docs/control.md. */
export const DecisionCause = z.enum(['initial', 'override', 'probe', 'signal', 'hold', 'fail-static', 'panic'])
export type DecisionCause = z.infer<typeof DecisionCause>

export const Decision = z.object({
  set: z.string(),
  /** Epoch seconds. */
  at: z.number(),
  /** Total demand in requests/s over the set; absent when it cannot be known. */
  demand: z.number().optional(),
  /** False: the shares that stand remain. */
  isChange: z.boolean(),
  cause: DecisionCause,
  /** When, by whom and why the shares that stand were decided, where that was not now. */
  lastChange: z.object({ at: z.number(), cause: DecisionCause, reason: Reason }).optional(),
  providers: z.array(ProviderDecision),
  reason: Reason,
  /** Things a person should know: overload, panic, half the signals missing. Each is also a metric. */
  notices: z.array(Reason),
  inputs: z.array(ProviderSignals),
  /**
   * Required signals and how many of them are missing, counted once for everybody: for each provider its checks' verdict, and capacity,
   * load and errors where they are configured. 0 of 0 in a journal written before they were kept.
   */
  signalsRequired: z.int().min(0).default(0),
  signalsMissing: z.int().min(0).default(0),
})
export type Decision = z.infer<typeof Decision>
