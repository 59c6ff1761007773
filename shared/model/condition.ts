// What a provider is, with the reason as a sentence that carries the numbers.
import * as z from 'zod'
import { Reason } from './reason.ts'

export const ConditionKind = z.enum(['serving', 'degraded', 'down', 'unknown', 'drained'])
export type ConditionKind = z.infer<typeof ConditionKind>

export const Condition = z.object({
  kind: ConditionKind,
  /** Route 53 withholds the provider by itself: every stable endpoint is red. */
  isRed: z.boolean(),
  reason: Reason,
})
export type Condition = z.infer<typeof Condition>
