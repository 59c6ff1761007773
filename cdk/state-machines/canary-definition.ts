// The canary's state machine in Amazon States Language: it keeps time and goes where the last task said; what to do is decided in lambdas/canary.
// JSONPath, so that it runs in the local system too.
import { LONGEST_CANARY_SECONDS } from '#model/canary.ts'

/** What a state can be called, beside the words that the tasks answer. */
export type CanaryState =
  | 'Begin'
  | 'BeginWait'
  | 'WhatNext'
  | 'Shift'
  | 'SettleWait'
  | 'Settle'
  | 'Bake'
  | 'Judge'
  | 'Promote'
  | 'Rollback'
  | 'Finish'
  | 'Done'
  | 'Failed'

export interface CanaryFunctions {
  readonly beginArn: string
  readonly stepArn: string
  /** The time-outs of the functions, in seconds. */
  readonly beginTimeoutSeconds: number
  readonly stepTimeoutSeconds: number
}

/** A task ends by the function's own time-out, whose error has a name; this one is for an answer that got lost. */
const ANSWER_SECONDS = 10

/** Source: Step Functions developer guide, "Best practices", Handling transient Lambda service exceptions. */
const TRANSIENT = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
]

/**
 * Begin takes the hostname's lock; every other task is one order to canary/step, which answers `{hostname, generation, turn, next, waitSeconds, sentence}`.
 * A quiet tick is Bake, Judge and WhatNext: nine events of the 25,000 that an execution may have.
 */
export function canaryDefinition({ beginArn, stepArn, beginTimeoutSeconds, stepTimeoutSeconds }: CanaryFunctions) {
  const execution = { 'execution.$': '$$.Execution.Id' }
  const task = (functionArn: string, timeoutSeconds: number, payload: object, retry: readonly object[], onError: CanaryState) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: functionArn, Payload: { ...execution, ...payload } },
    // The whole data of the execution: the last answer, and nothing that grows.
    ResultSelector: { 'canary.$': '$.Payload' },
    TimeoutSeconds: timeoutSeconds + ANSWER_SECONDS,
    Retry: retry,
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: onError }],
    Next: 'WhatNext' satisfies CanaryState,
  })
  const order = (event: string, onError: CanaryState, retry = RETRY) =>
    task(stepArn, stepTimeoutSeconds, { event, 'canary.$': '$.canary' }, retry, onError)
  const wait = (next: CanaryState) => ({ Type: 'Wait', SecondsPath: '$.canary.waitSeconds', Next: next })
  const when = (said: string, next: string = said) => ({ Variable: '$.canary.next', StringEquals: said, Next: next })

  return {
    Comment: 'Shifts the traffic of a service to another version, or of a hostname to another cloud, step by step. See docs/canary.md.',
    StartAt: 'Begin',
    // A canary's plan is refused at its start when it is longer; what takes longer all the same is ended, and reconcile restores the shares.
    TimeoutSeconds: LONGEST_CANARY_SECONDS,
    States: {
      // Without an answer there is nothing to roll back to: reconcile looks for what this execution may hold.
      Begin: task(
        beginArn,
        beginTimeoutSeconds,
        { 'input.$': '$$.Execution.Input', 'startedAt.$': '$$.Execution.StartTime' },
        RETRY,
        'Failed',
      ),
      // Until a canary that this one supersedes has gone back.
      BeginWait: wait('Begin'),
      // Not called Next: validators of the language take that for a transition.
      WhatNext: {
        Type: 'Choice',
        Choices: [
          when('Begin', 'BeginWait'),
          when('Shift'),
          when('Settle', 'SettleWait'),
          when('Bake'),
          when('Promote'),
          when('Rollback'),
          when('Finish'),
          when('Done'),
        ],
        Default: 'Rollback',
      },
      Shift: order('shift', 'Rollback'),
      SettleWait: wait('Settle'),
      Settle: order('settle', 'Rollback'),
      Bake: wait('Judge'),
      Judge: order('judge', 'Rollback'),
      Promote: order('promote', 'Rollback'),
      // Neither goes on to Finish: an order that failed may have left the canary anywhere, and Finish would take that for its end.
      Rollback: order('rollback', 'Failed', PATIENT_RETRY),
      Finish: order('finish', 'Failed', PATIENT_RETRY),
      Done: { Type: 'Succeed' },
      // An execution that failed is an event on the default bus; a rule hands it to reconcile, which restores the shares.
      Failed: {
        Type: 'Fail',
        Error: 'CanaryFailed',
        Cause: 'A task failed that nothing in the machine can make good. The shares that stood before are restored by reconcile.',
      },
    } satisfies Record<CanaryState, object>,
  }
}

/** An order carries its turn, so that a repeated one does nothing: what the function itself throws is worth two more attempts. */
const RETRY = [
  { ErrorEquals: TRANSIENT, IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 5, JitterStrategy: 'FULL' },
  { ErrorEquals: ['States.TaskFailed', 'States.Timeout'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 2 },
]

/** The way back, and the end: for about a quarter of an hour, whatever the error. */
const PATIENT_RETRY = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 18, MaxDelaySeconds: 60 }]
