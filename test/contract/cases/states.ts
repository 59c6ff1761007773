// Step Functions: machines, executions, their names and their ends.
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn'
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { expect } from 'vitest'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'
import { until } from '../until.ts'

const roleArn = 'arn:aws:iam::123456789012:role/machine'
const machine = (States: object, StartAt = Object.keys(States)[0]) => JSON.stringify({ StartAt, States })
const ENDS = machine({ Say: { Type: 'Pass', Result: { said: 'hello' }, Next: 'Done' }, Done: { Type: 'Succeed' } })
const WAITS = machine({ Wait: { Type: 'Wait', Seconds: 600, Next: 'Done' }, Done: { Type: 'Succeed' } })
const FAILS = machine({ Stop: { Type: 'Fail', Error: 'NoRoom', Cause: 'there is no way back' } })
const NEVER_RUNS = 'its machines do not run unless an interpreter is switched on: an execution stays RUNNING'

async function aMachine(sfn: SFNClient, name: string, definition = WAITS): Promise<string> {
  const { stateMachineArn = '' } = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn }))
  return stateMachineArn
}

const start = async (sfn: SFNClient, stateMachineArn: string, name?: string, input = '{}') =>
  (await sfn.send(new StartExecutionCommand({ stateMachineArn, input, ...(name === undefined ? {} : { name }) }))).executionArn ?? ''

const ended = (sfn: SFNClient, executionArn: string) =>
  until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
    ({ status }) => status !== 'RUNNING',
  )

const typesOf = async (sfn: SFNClient, executionArn: string, reverseOrder = false) => {
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder }))
  return events.map(({ type }) => type)
}

export const stepFunctions: ContractSuite = {
  service: 'Step Functions',
  cases: [
    {
      name: 'a machine is described as it was made, listed, and gone when deleted',
      source: 'API reference, DescribeStateMachine, ListStateMachines, DeleteStateMachine',
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
          ...{ name: unique, definition: WAITS, roleArn, type: 'STANDARD', status: 'ACTIVE' },
        })
        const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}))
        expect(stateMachines.map(({ name }) => name)).toContain(unique)
        await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }))
        await expectFault('StateMachineDoesNotExist', sfn.send(new DescribeStateMachineCommand({ stateMachineArn })))
      },
    },
    {
      name: 'to make the same machine again is no error',
      source: 'API reference, CreateStateMachine: "an idempotent API"',
      async run({ sfn }, unique) {
        expect(await aMachine(sfn, unique)).toBe(await aMachine(sfn, unique))
      },
    },
    {
      name: 'another definition under a name that is taken is StateMachineAlreadyExists',
      source: 'API reference, CreateStateMachine: "idempotency check is based on … name, definition, type"',
      differs: { moto: 'it keeps the first definition and answers as if it were the same machine' },
      async run({ sfn }, unique) {
        await aMachine(sfn, unique)
        await expectFault('StateMachineAlreadyExists', aMachine(sfn, unique, ENDS))
      },
    },
    {
      name: 'a definition that is none is InvalidDefinition',
      source: 'API reference, CreateStateMachine, Errors',
      differs: { moto: 'it takes any text unless its validation is switched on' },
      async run({ sfn }, unique) {
        await expectFault('InvalidDefinition', aMachine(sfn, unique, '{"StartAt": "Nowhere"}'))
        await expectFault('InvalidDefinition', aMachine(sfn, unique, 'StartAt: Say'))
      },
    },
    {
      name: 'a transition to a state that does not exist is InvalidDefinition',
      source: 'Amazon States Language specification, "Transitions"',
      differs: { moto: 'it takes any text unless its validation is switched on' },
      async run({ sfn }, unique) {
        await expectFault('InvalidDefinition', aMachine(sfn, unique, machine({ Say: { Type: 'Pass', Next: 'Nowhere' } })))
      },
    },
    {
      name: 'a changed definition holds for executions that begin later',
      source: 'API reference, UpdateStateMachine: "Running executions will continue to use the previous definition"',
      differs: { moto: NEVER_RUNS },
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        const before = await start(sfn, stateMachineArn)
        await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: ENDS }))
        expect((await ended(sfn, await start(sfn, stateMachineArn))).status).toBe('SUCCEEDED')
        expect((await sfn.send(new DescribeExecutionCommand({ executionArn: before }))).status).toBe('RUNNING')
      },
    },
    {
      name: 'an update that changes nothing is MissingRequiredParameter',
      source: 'API reference, UpdateStateMachine: "You must include at least one of definition or roleArn"',
      differs: { moto: 'it takes it' },
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        await expectFault('MissingRequiredParameter', sfn.send(new UpdateStateMachineCommand({ stateMachineArn })))
      },
    },
    {
      name: 'an execution runs to its end and answers its output',
      source: 'API reference, DescribeExecution',
      differs: { moto: NEVER_RUNS },
      async run({ sfn }, unique) {
        const execution = await ended(sfn, await start(sfn, await aMachine(sfn, unique, ENDS), 'once', '{"a":1}'))
        expect(execution).toMatchObject({ status: 'SUCCEEDED', input: '{"a":1}', output: '{"said":"hello"}', name: 'once' })
        expect(execution.stopDate?.getTime()).toBeGreaterThanOrEqual(execution.startDate?.getTime() ?? Number.NaN)
      },
    },
    {
      name: 'a Wait takes its time',
      source: 'Amazon States Language specification, "Wait State"',
      differs: { moto: NEVER_RUNS },
      async run({ sfn }, unique) {
        const definition = machine({ Wait: { Type: 'Wait', SecondsPath: '$.seconds', End: true } })
        const { startDate, stopDate } = await ended(sfn, await start(sfn, await aMachine(sfn, unique, definition), 'w', '{"seconds":1}'))
        expect((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)).toBeGreaterThanOrEqual(990)
      },
    },
    {
      name: 'an execution that fails has an error and a cause',
      source: 'API reference, DescribeExecution; Amazon States Language specification, "Fail State"',
      differs: { moto: NEVER_RUNS },
      async run({ sfn }, unique) {
        const executionArn = await start(sfn, await aMachine(sfn, unique, FAILS))
        expect(await ended(sfn, executionArn)).toMatchObject({ status: 'FAILED', error: 'NoRoom', cause: 'there is no way back' })
        expect(await typesOf(sfn, executionArn)).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed'])
      },
    },
    {
      name: 'the history has two events for each state that is no task, numbered from 1',
      source: 'API reference, GetExecutionHistory and HistoryEvent',
      differs: { moto: NEVER_RUNS },
      async run({ sfn }, unique) {
        const executionArn = await start(sfn, await aMachine(sfn, unique, ENDS))
        await ended(sfn, executionArn)
        const types = [
          'ExecutionStarted',
          'PassStateEntered',
          'PassStateExited',
          'SucceedStateEntered',
          'SucceedStateExited',
          'ExecutionSucceeded',
        ]
        expect(await typesOf(sfn, executionArn)).toEqual(types)
        expect(await typesOf(sfn, executionArn, true)).toEqual(types.toReversed())
        const first = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 4, includeExecutionData: false }))
        expect(first.events?.map(({ id }) => id)).toEqual([1, 2, 3, 4])
        expect(first.events?.[1]?.stateEnteredEventDetails).toEqual({ name: 'Say' })
        const rest = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 4, nextToken: first.nextToken }))
        expect(rest).toMatchObject({ events: [{ id: 5 }, { id: 6 }] })
        expect(rest.nextToken).toBeUndefined()
      },
    },
    {
      name: 'to start a running execution again, with the same name and input, answers the same',
      source: 'API reference, StartExecution: "the call succeeds and return the same response as the original request"',
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        const request = new StartExecutionCommand({ stateMachineArn, name: 'files--1_0_9--1', input: '{"v":1}' })
        const first = await sfn.send(request)
        const again = await sfn.send(request)
        expect([again.executionArn, again.startDate]).toEqual([first.executionArn, first.startDate])
      },
    },
    {
      name: 'to start a running execution again with another input is ExecutionAlreadyExists',
      source: 'API reference, StartExecution: "if the input is different, it returns a 400 ExecutionAlreadyExists error"',
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        await start(sfn, stateMachineArn, 'taken', '{"v":1}')
        await expectFault('ExecutionAlreadyExists', start(sfn, stateMachineArn, 'taken', '{"v":2}'))
      },
    },
    {
      name: 'the name of an execution that has ended is taken too, even with the same input',
      source: 'API reference, StartExecution: "If the execution is closed … ExecutionAlreadyExists"; names can be used again after 90 days',
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        await sfn.send(new StopExecutionCommand({ executionArn: await start(sfn, stateMachineArn, 'ended') }))
        await expectFault('ExecutionAlreadyExists', start(sfn, stateMachineArn, 'ended'))
      },
    },
    {
      name: 'an execution without a name gets one of its own',
      source: 'API reference, StartExecution, name',
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        expect(await start(sfn, stateMachineArn)).not.toBe(await start(sfn, stateMachineArn))
      },
    },
    {
      name: 'a name of more than 80 characters or with white space is refused',
      source: 'API reference, StartExecution: "A name must not contain: white space …"; Length Constraints: Maximum length of 80',
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        for (const name of ['n'.repeat(81), 'files 1.0.9']) await expect(start(sfn, stateMachineArn, name)).rejects.toThrow(/[Nn]ame/)
        expect(await start(sfn, stateMachineArn, 'n'.repeat(80))).toContain('n'.repeat(80))
      },
    },
    {
      name: 'an input that is not JSON is InvalidExecutionInput',
      source: 'API reference, StartExecution, Errors',
      async run({ sfn }, unique) {
        await expectFault('InvalidExecutionInput', start(sfn, await aMachine(sfn, unique), 'bad', '{version: 1.0.9}'))
      },
    },
    {
      name: 'a stopped execution is ABORTED, with the error and cause it was given',
      source: 'API reference, StopExecution',
      differs: { moto: 'it forgets the error and the cause' },
      async run({ sfn }, unique) {
        const executionArn = await start(sfn, await aMachine(sfn, unique))
        const { stopDate } = await sfn.send(new StopExecutionCommand({ executionArn, error: 'Operator', cause: 'wrong version' }))
        expect(stopDate).toBeInstanceOf(Date)
        expect(await ended(sfn, executionArn)).toMatchObject({ status: 'ABORTED', error: 'Operator', cause: 'wrong version' })
      },
    },
    {
      name: 'the history of a stopped execution ends with its abortion',
      source: 'API reference, HistoryEvent, ExecutionAborted',
      differs: { moto: 'its history is the same made-up one for every execution' },
      async run({ sfn }, unique) {
        const executionArn = await start(sfn, await aMachine(sfn, unique))
        await until(
          () => typesOf(sfn, executionArn),
          (types) => types.length > 1,
        )
        await sfn.send(new StopExecutionCommand({ executionArn }))
        expect(await typesOf(sfn, executionArn)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted'])
      },
    },
    {
      name: 'an end is told to the default bus',
      source: 'Developer guide, "Automating Step Functions event delivery with EventBridge"',
      differs: { moto: 'it puts no such events' },
      async run({ sfn, events, sqs }, unique) {
        const { QueueUrl = '' } = await sqs.send(
          new CreateQueueCommand({ QueueName: `queue-${unique}`, Attributes: { Policy: EVENTS_MAY_SEND } }),
        )
        const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
        const stateMachineArn = await aMachine(sfn, unique)
        const EventPattern = JSON.stringify({
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: { stateMachineArn: [stateMachineArn], status: ['ABORTED', 'FAILED', 'TIMED_OUT'] },
        })
        await events.send(new PutRuleCommand({ Name: unique, EventPattern }))
        await events.send(new PutTargetsCommand({ Rule: unique, Targets: [{ Id: 'queue', Arn: Attributes?.QueueArn }] }))
        const executionArn = await start(sfn, stateMachineArn, 'told')
        await sfn.send(new StopExecutionCommand({ executionArn, error: 'Operator' }))
        const { Messages = [] } = await until(
          () => sqs.send(new ReceiveMessageCommand({ QueueUrl })),
          ({ Messages }) => Messages !== undefined,
        )
        const told = JSON.parse(Messages[0]?.Body ?? '{}') as { readonly detail: { readonly startDate: number; readonly stopDate: number } }
        expect(told).toMatchObject({
          source: 'aws.states',
          resources: [executionArn],
          detail: {
            executionArn,
            stateMachineArn,
            name: 'told',
            status: 'ABORTED',
            input: '{}',
            inputDetails: { included: true },
            output: null,
          },
        })
        expect(told.detail.stopDate).toBeGreaterThanOrEqual(told.detail.startDate)
      },
    },
    {
      name: 'executions are listed with the most recent first, and by their status',
      source: 'API reference, ListExecutions',
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        for (const name of ['a', 'b', 'c']) {
          await start(sfn, stateMachineArn, name)
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
        const [middle] = (await sfn.send(new ListExecutionsCommand({ stateMachineArn }))).executions?.slice(1, 2) ?? []
        await sfn.send(new StopExecutionCommand({ executionArn: middle?.executionArn }))
        const names = async (statusFilter?: 'RUNNING' | 'ABORTED') =>
          (await sfn.send(new ListExecutionsCommand({ stateMachineArn, ...(statusFilter && { statusFilter }) }))).executions?.map(
            ({ name }) => name,
          )
        expect(await names()).toEqual(['c', 'b', 'a'])
        expect(await names('RUNNING')).toEqual(['c', 'a'])
        expect(await names('ABORTED')).toEqual(['b'])
      },
    },
    {
      name: 'what does not exist is named as such',
      source: 'API reference, Errors of each operation',
      async run({ sfn }, unique) {
        const stateMachineArn = await aMachine(sfn, unique)
        const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:none`
        await expectFault('ExecutionDoesNotExist', sfn.send(new DescribeExecutionCommand({ executionArn })))
        await expectFault('ExecutionDoesNotExist', sfn.send(new StopExecutionCommand({ executionArn })))
        await expectFault('StateMachineDoesNotExist', start(sfn, `${stateMachineArn}-none`))
        await expectFault('InvalidArn', start(sfn, 'the machine'))
      },
    },
  ],
}

/** EventBridge has no permission on a queue but by the queue's own policy. */
const EVENTS_MAY_SEND = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }],
})
