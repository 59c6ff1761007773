// What a check at a gate is asked, and what it answers. Documented in docs/canary.md.
import * as z from 'zod'
import type { CanarySubject } from './canary.ts'

/** The event of the function that is asked. */
export type CheckQuestion = {
  readonly stage: string
  readonly hostname: string
  readonly execution: string
  readonly generation: number
  readonly subject: CanarySubject
  /** Of the step at which the gate stands. */
  readonly percent: number
  /** Epoch seconds. */
  readonly time: number
}

export const CheckAnswer = z.object({ allow: z.boolean(), reason: z.string().min(1).max(1000).default('no reason was given') })
export type CheckAnswer = z.infer<typeof CheckAnswer>
