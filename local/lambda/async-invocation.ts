// An asynchronous invocation: retried, given up when too old or tried too often, and then handed to the queues the template names.
// Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation" and "Capturing records of … invocations".
import type { LocalClock } from '#local/clock/local-clock.ts'
import type { AsyncPolicy } from './function-definition.ts'
import type { FunctionPool, PoolOutcome } from './function-pool.ts'
import type { FunctionSinks } from './sinks.ts'

/** "Lambda waits one minute between the first two attempts, and two minutes between the second and third." */
const RETRY_SECONDS = [60, 120]
/** Throttled events go back to the queue: "exponentially from 1 second after the first attempt to a maximum of 5 minutes". */
const LONGEST_BACKOFF_SECONDS = 300

export interface AsyncInvocationOptions {
  readonly clock: LocalClock
  readonly sinks: FunctionSinks
  /** Looked up for each attempt: a redeployment may have replaced the function, or removed it. */
  pool(): FunctionPool | undefined
  policy(): AsyncPolicy
  /** Aborted when the system stops. */
  readonly signal: AbortSignal
}

/** Settles when the event was handled or given up; rejects only when the signal is aborted. */
export async function runAsyncInvocation(requestId: string, payload: string, options: AsyncInvocationOptions): Promise<void> {
  const { clock, signal } = options
  const acceptedAt = clock.nowSeconds()
  let attempts = 0
  let throttles = 0
  let last: PoolOutcome = { kind: 'throttled' }
  for (;;) {
    const pool = options.pool()
    if (pool === undefined) return
    const { maximumEventAgeSeconds, maximumRetryAttempts } = options.policy()
    if (clock.nowSeconds() - acceptedAt > maximumEventAgeSeconds) return giveUp('EventAgeExceeded', pool)
    last = await pool.execute(requestId, payload)
    if (last.kind === 'answered') return
    if (last.kind === 'throttled') {
      await clock.sleep(Math.min(2 ** throttles++, LONGEST_BACKOFF_SECONDS), signal)
      continue
    }
    if (attempts++ >= maximumRetryAttempts) return giveUp('RetriesExhausted', pool)
    await clock.sleep(RETRY_SECONDS[attempts - 1] ?? 120, signal)
  }

  async function giveUp(condition: 'RetriesExhausted' | 'EventAgeExceeded', { definition }: FunctionPool): Promise<void> {
    const { sinks } = options
    const { onFailureArn } = options.policy()
    const { deadLetterArn } = definition
    const now = clock.nowSeconds()
    sinks.onReport({ kind: 'dropped', functionName: definition.functionName, requestId, atSeconds: now, condition })
    const error = last.kind === 'failed' ? last.error : undefined
    if (deadLetterArn !== undefined) {
      const attributes = {
        RequestID: requestId,
        ErrorCode: error === undefined ? '429' : '200',
        ErrorMessage: error?.errorMessage ?? 'Rate Exceeded.',
      }
      await sinks.sendToQueue(definition, deadLetterArn, payload, attributes)
    }
    if (onFailureArn !== undefined) {
      const record = {
        version: '1.0',
        timestamp: new Date(now * 1000).toISOString(),
        requestContext: { requestId, functionArn: `${definition.functionArn}:$LATEST`, condition, approximateInvokeCount: attempts },
        requestPayload: JSON.parse(payload),
        ...(error === undefined
          ? {}
          : { responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' }, responsePayload: error }),
      }
      await sinks.sendToQueue(definition, onFailureArn, JSON.stringify(record), {})
    }
  }
}
