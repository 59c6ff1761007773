// What the rebalance function answers an operator, read from its payload.
import * as z from 'zod'
import { Decision } from '#model/decision.ts'
import { Plan, Refusal } from '#model/plan.ts'
import { Reason } from '#model/reason.ts'
import { ApplyOutcome, Receipt } from '#model/receipt.ts'

/** `refusals` of a plan that was carried out all the same are those of guards that made it smaller. */
export const PlanReport = Plan.pick({ hostname: true, cause: true, changes: true, reason: true }).extend({ refusals: z.array(Refusal) })
export type PlanReport = z.infer<typeof PlanReport>

/** A test holds this beside the function's own type. */
export const Answer = z.discriminatedUnion('kind', [
  /** The event was older than a tick: nothing was done. */
  z.object({ kind: z.literal('dropped'), reason: Reason }),
  /** What was asked is stored; others advanced the same memory, so the next tick decides. */
  z.object({ kind: z.literal('overtaken'), reason: Reason }),
  z.object({
    kind: z.enum(['done', 'dry-run']),
    decisions: z.array(Decision),
    plans: z.array(PlanReport),
    outcomes: z.array(ApplyOutcome),
    confirmed: z.array(Receipt),
  }),
])
export type Answer = z.infer<typeof Answer>
export type TickAnswer = Extract<Answer, { kind: 'done' | 'dry-run' }>
