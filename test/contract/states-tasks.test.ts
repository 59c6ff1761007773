// Tasks of state machines on a scaled clock: the rights of the role, the names of errors, retries, time-outs, and what a stop leaves undone.
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { expect, it, onTestFinished } from 'vitest'
import { createInProcessAws } from '#local/aws/in-process-aws.ts'
import type { InvocationOutcome } from '#local/aws/lambda/function-host.ts'
import { ServiceFault } from '#local/aws/wire/service-fault.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { awsClients, destroyClients } from './aws-clients.ts'
import { expectFault } from './expect-fault.ts'
import { until } from './until.ts'

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:step'
const ROLE = 'arn:aws:iam::123456789012:role/machine'

type Answer = (payload: unknown, call: number) => InvocationOutcome | Promise<InvocationOutcome>

const answered = (value: unknown): InvocationOutcome => ({ payload: JSON.stringify(value) })
const failed = (errorType: string, errorMessage = 'it broke'): InvocationOutcome => ({
  payload: JSON.stringify({ errorType, errorMessage, trace: [] }),
  functionError: 'Unhandled',
})

const task = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: FUNCTION, Payload: { 'execution.$': '$$.Execution.Id', 'given.$': '$' } },
  ResultSelector: { 'canary.$': '$.Payload' },
  TimeoutSeconds: 30,
  End: true,
  ...more,
})

/** An account whose clock runs 50 times as fast, with one function and a machine whose role may call it. */
async function aMachine(States: Record<string, object>, answer: Answer, { mayInvoke = true, roleArn = ROLE } = {}) {
  const clock = createLocalClock({ speed: 50 })
  const aws = await createInProcessAws({ clock })
  const clients = awsClients(aws.url)
  onTestFinished(async () => {
    destroyClients(clients)
    await aws.close()
    clock.stop()
  })
  const calls: unknown[] = []
  aws.lambda.register({ functionName: 'step', arn: FUNCTION, roleArn: 'arn:aws:iam::123456789012:role/step' })
  aws.lambda.setHost({
    async invoke({ payload }) {
      calls.push(JSON.parse(payload))
      return answer(JSON.parse(payload), calls.length)
    },
  })
  const allow = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FUNCTION }
  const document = { Version: '2012-10-17', Statement: mayInvoke ? [allow] : [] }
  aws.iam.registerRole({ roleName: 'machine', arn: ROLE, policies: [{ name: 'own', document }] })
  const { sfn } = clients
  const definition = JSON.stringify({ StartAt: Object.keys(States)[0], States })
  const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name: 'canary', definition, roleArn }))
  const start = async (input = '{}') => (await sfn.send(new StartExecutionCommand({ stateMachineArn, input }))).executionArn ?? ''
  return {
    ...{ aws, sfn, calls, start },
    ended: (executionArn: string) =>
      until(
        () => sfn.send(new DescribeExecutionCommand({ executionArn })),
        ({ status }) => status !== 'RUNNING',
      ),
    types: async (executionArn: string) =>
      (await sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events?.map(({ type }) => type) ?? [],
    stop: (executionArn: string) => sfn.send(new StopExecutionCommand({ executionArn })),
  }
}

it('a task gets its payload and leaves five events', async () => {
  const { start, ended, types, calls } = await aMachine({ Step: task() }, () => answered({ next: 'Done' }))
  const executionArn = await start('{"service":"files"}')
  expect(JSON.parse((await ended(executionArn)).output ?? '')).toEqual({ canary: { next: 'Done' } })
  expect(calls).toEqual([{ execution: executionArn, given: { service: 'files' } }])
  expect((await types(executionArn)).slice(1, -1)).toEqual([
    ...['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited'],
  ])
})

it('an error that is caught arrives under its name, with the error object of Lambda as cause', async () => {
  const Catch = [{ ErrorEquals: ['ConfigurationError'], ResultPath: '$.error', Next: 'Done' }]
  const { start, ended } = await aMachine({ Step: task({ Catch }), Done: { Type: 'Succeed' } }, () =>
    failed('ConfigurationError', 'no room'),
  )
  const { error } = JSON.parse((await ended(await start())).output ?? '')
  expect(error.Error).toBe('ConfigurationError')
  expect(JSON.parse(error.Cause)).toEqual({ errorType: 'ConfigurationError', errorMessage: 'no room', trace: [] })
})

it('an error that nobody catches ends the execution', async () => {
  const { start, ended, types } = await aMachine({ Step: task() }, () => failed('TypeError'))
  const executionArn = await start()
  expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'TypeError', cause: expect.stringContaining('it broke') })
  expect((await types(executionArn)).slice(-2)).toEqual(['TaskFailed', 'ExecutionFailed'])
})

it('a role that may not invoke the function fails the task, and the function is not called', async () => {
  const { start, ended, calls } = await aMachine({ Step: task() }, () => answered({}), { mayInvoke: false })
  const { error, cause } = await ended(await start())
  expect(error).toBe('Lambda.AWSLambdaException')
  expect(cause).toContain(`is not authorized to perform: lambda:InvokeFunction on resource: ${FUNCTION}`)
  expect(calls).toEqual([])
})

it('a throttled function is retried by its name, after the interval', async () => {
  const Retry = [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 5, MaxAttempts: 2 }]
  const { start, ended, types, calls } = await aMachine({ Step: task({ Retry }) }, (_payload, call) => {
    if (call === 1) throw new ServiceFault('TooManyRequestsException', 'Rate Exceeded.', 429)
    return answered({ call })
  })
  const executionArn = await start()
  const { status, startDate, stopDate } = await ended(executionArn)
  expect([status, calls.length]).toEqual(['SUCCEEDED', 2])
  expect((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)).toBeGreaterThanOrEqual(5000)
  expect((await types(executionArn)).filter((type) => type?.startsWith('Task'))).toEqual([
    ...['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskFailed'],
    ...['TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited'],
  ])
})

it('a task that does not answer in time is given up as States.Timeout', async () => {
  const { start, ended, types } = await aMachine({ Step: task() }, () => new Promise(() => undefined))
  const executionArn = await start()
  expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
  expect((await types(executionArn)).slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed'])
})

it('an execution that is stopped between two attempts makes no other', async () => {
  const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, MaxAttempts: 5 }]
  const { start, stop, ended, types, calls } = await aMachine({ Step: task({ Retry }) }, () => failed('ServiceUnavailable'))
  const executionArn = await start()
  await until(
    () => types(executionArn),
    (list) => list.includes('TaskFailed'),
  )
  await stop(executionArn)
  // A second execution runs from beginning to end meanwhile: whatever the first had still to do, it would have done.
  const second = await start()
  await until(
    () => types(second),
    (list) => list.includes('TaskFailed'),
  )
  expect((await ended(executionArn)).status).toBe('ABORTED')
  expect(calls.filter((call) => (call as { execution: string }).execution === executionArn)).toHaveLength(1)
})

it('an execution that is stopped while its task runs does not go on when the task answers', async () => {
  const { promise, resolve } = Promise.withResolvers<InvocationOutcome>()
  const { start, stop, types, ended, calls } = await aMachine(
    { Step: task({ End: undefined, Next: 'Again' }), Again: task() },
    () => promise,
  )
  const executionArn = await start()
  await until(
    () => Promise.resolve(calls.length),
    (count) => count === 1,
  )
  await stop(executionArn)
  resolve(answered({}))
  expect((await ended(executionArn)).status).toBe('ABORTED')
  expect((await types(executionArn)).at(-1)).toBe('ExecutionAborted')
  expect(calls).toHaveLength(1)
})

it('a history that is full ends the execution', async () => {
  const States = {
    Round: { Type: 'Pass', Next: 'Choose' },
    Choose: { Type: 'Choice', Choices: [{ Variable: '$.isOver', IsPresent: true, Next: 'Done' }], Default: 'Round' },
    Done: { Type: 'Succeed' },
  }
  const { start, sfn } = await aMachine(States, () => answered({}))
  const executionArn = await start()
  const { status, cause } = await until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
    (execution) => execution.status !== 'RUNNING',
    15,
  )
  expect([status, cause]).toEqual(['FAILED', 'The execution reached the maximum number of history events (25000).'])
  const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }))
  expect(events).toMatchObject([{ id: 25_000, type: 'ExecutionFailed' }])
})

it.each([
  ['a task without a time-out', { Step: task({ TimeoutSeconds: undefined }) }, /TimeoutSeconds/],
  ['a task token', { Step: task({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }) }, /task tokens/],
  ['JSONata', { Step: task({ QueryLanguage: 'JSONata' }) }, /JSONata/],
  ['Assign', { Step: task({ Assign: { 'a.$': '$' } }) }, /Assign/],
  ['the name of the state', { Step: task({ ResultSelector: { 'name.$': '$$.State.Name' } }) }, /\$\$\.State/],
  ['an explicit ResultPath of $', { Step: task({ ResultPath: '$' }) }, /ResultPath/],
  ['a map', { Step: { Type: 'Map', End: true } }, /type Map/],
])('a machine with %s is refused, because it would not run here as it does at AWS', async (_what, States, reason) => {
  const fault = await expectFault(
    'NotImplemented',
    aMachine(States as never, () => answered({})),
  )
  expect(fault.message).toMatch(reason)
})
