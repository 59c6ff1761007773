// The history of an execution in the words of GetExecutionHistory, made of the engine's events and of what became of its tasks.
// Source: Step Functions API reference, HistoryEvent; developer guide, "Viewing execution details" (what a task leaves: five events).
import type { EngineState, TaskOutcome } from './worker/messages.ts'

export type HistoryEvent = {
  readonly id: number
  readonly previousEventId: number
  readonly timestamp: Date
  readonly type: string
} & Readonly<Record<string, unknown>>

type Details = { readonly type: string } & Readonly<Record<string, unknown>>

/** "Maximum execution history size: 25,000 events … If the execution history reaches this quota, the execution will fail" (developer guide, quotas). */
export const HISTORY_LIMIT = 25_000

/** The events are a line here: nothing runs in parallel. */
export function append(history: HistoryEvent[], atSeconds: number, details: Details): void {
  const id = history.length + 1
  // As in the examples of the documentation: what comes first after the start has no predecessor.
  history.push({ id, previousEventId: id <= 2 ? 0 : id - 1, timestamp: new Date(atSeconds * 1000), ...details })
}

const WHOLE = { truncated: false }
const LAMBDA = { resourceType: 'lambda', resource: 'invoke' }

export function executionStarted(input: string, roleArn: string): Details {
  return { type: 'ExecutionStarted', executionStartedEventDetails: { input, inputDetails: WHOLE, roleArn } }
}

export function stateEntered({ name, type, input }: EngineState): Details {
  return { type: `${type}StateEntered`, stateEnteredEventDetails: { name, input: JSON.stringify(input), inputDetails: WHOLE } }
}

export function stateExited({ name, type, output }: EngineState): Details {
  return { type: `${type}StateExited`, stateExitedEventDetails: { name, output: JSON.stringify(output), outputDetails: WHOLE } }
}

export function taskScheduled(region: string, parameters: unknown, timeoutInSeconds: number | undefined): Details {
  return {
    type: 'TaskScheduled',
    taskScheduledEventDetails: { ...LAMBDA, region, parameters: JSON.stringify(parameters), timeoutInSeconds },
  }
}

export function taskStarted(): Details {
  return { type: 'TaskStarted', taskStartedEventDetails: LAMBDA }
}

export function taskEnded(outcome: TaskOutcome): Details {
  if (outcome.kind === 'failed')
    return { type: 'TaskFailed', taskFailedEventDetails: { ...LAMBDA, error: outcome.error, cause: outcome.cause } }
  return {
    type: 'TaskSucceeded',
    taskSucceededEventDetails: { ...LAMBDA, output: JSON.stringify(outcome.output), outputDetails: WHOLE },
  }
}

export function taskTimedOut(): Details {
  return { type: 'TaskTimedOut', taskTimedOutEventDetails: { ...LAMBDA, error: 'States.Timeout' } }
}

export function executionSucceeded(output: string): Details {
  return { type: 'ExecutionSucceeded', executionSucceededEventDetails: { output, outputDetails: WHOLE } }
}

export function executionEnded(status: 'FAILED' | 'TIMED_OUT' | 'ABORTED', error: string | undefined, cause: string | undefined): Details {
  switch (status) {
    case 'FAILED':
      return { type: 'ExecutionFailed', executionFailedEventDetails: { error, cause } }
    case 'TIMED_OUT':
      return { type: 'ExecutionTimedOut', executionTimedOutEventDetails: { error, cause } }
    case 'ABORTED':
      return { type: 'ExecutionAborted', executionAbortedEventDetails: { error, cause } }
  }
}

/** `includeExecutionData: false` leaves inputs, outputs and parameters out (API reference, GetExecutionHistory). */
export function withoutData(event: HistoryEvent): HistoryEvent {
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => {
      if (!key.endsWith('EventDetails')) return [key, value]
      const { input: _i, output: _o, parameters: _p, inputDetails: _id, outputDetails: _od, ...details } = value as Record<string, unknown>
      return [key, details]
    }),
  ) as HistoryEvent
}
