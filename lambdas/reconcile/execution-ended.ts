// The event of an execution that ended before its time.
// Source: Step Functions developer guide, "Automating Step Functions event delivery with EventBridge".
import * as z from 'zod'

export type EndedExecution = {
  /** ARN of the execution. */
  readonly execution: string
  /** `ABORTED: wrong version`: how it ended, with the cause that was given. */
  readonly how: string
}

/** Keys that Step Functions adds beside these are no concern of ours. */
export const ExecutionEnded = z
  .object({
    source: z.literal('aws.states'),
    detail: z.object({
      executionArn: z.string().min(1),
      status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
      error: z.string().nullish(),
      cause: z.string().nullish(),
    }),
  })
  .transform(({ detail }): EndedExecution => {
    const why = [detail.error, detail.cause].filter(Boolean).join(', ')
    return { execution: detail.executionArn, how: why === '' ? detail.status : `${detail.status}: ${why}` }
  })
