// A template with a state machine, an event bus and a topic, deployed onto the in-process AWS.
import { PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { type RunningStack, startStack } from '#local/deploy/start-stack.ts'
import { aConfiguration } from '#test/builders/configuration.ts'
import { anAssembly, anAsset } from './an-assembly.ts'
import { until } from './until.ts'

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] })
const allow = (Action: string, Resource: unknown, Principal?: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...(Principal && { Principal }) }],
})
const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }],
})

/** Waits, calls the function, ends. */
function definitionString(waitSeconds: number): object {
  const [before = '', after = ''] = JSON.stringify({
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', Seconds: waitSeconds, Next: 'Call' },
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'FUNCTION', Payload: { 'detail-type': 'from the machine' } },
        OutputPath: '$.Payload',
        TimeoutSeconds: 30,
        End: true,
      },
    },
  }).split('FUNCTION')
  return { 'Fn::Join': ['', [before, arnOf('Function'), after]] }
}

function resources({ waitSeconds = 30, service = 'states.amazonaws.com' } = {}) {
  return {
    MachineRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust(service),
        Policies: [{ PolicyName: 'own', PolicyDocument: allow('lambda:InvokeFunction', arnOf('Function')) }],
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { StateMachineName: 'canary', DefinitionString: definitionString(waitSeconds), RoleArn: arnOf('MachineRole') },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'news' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
    TopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [{ Ref: 'Topic' }],
        PolicyDocument: allow('sns:Publish', { Ref: 'Topic' }, { Service: 'events.amazonaws.com' }),
      },
    },
    Tell: {
      Type: 'AWS::Events::Rule',
      Properties: { EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['sluice'] }, Targets: [{ Id: 'topic', Arn: { Ref: 'Topic' } }] },
    },
    Inbox: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox' } },
    InboxPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Inbox' }],
        PolicyDocument: allow('sqs:SendMessage', arnOf('Inbox'), { Service: 'sns.amazonaws.com' }),
      },
    },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: arnOf('Inbox') },
    },
  }
}

describe('a deployed template with a state machine', () => {
  let stack: RunningStack
  let asset: string
  const clock = createLocalClock({ speed: 100 })
  beforeAll(async () => {
    asset = await anAsset()
    stack = await startStack({ clock, configuration: aConfiguration(), assembly: anAssembly({ asset, resources: resources() }) })
  }, 60_000)
  afterAll(async () => {
    await stack.stop()
    clock.stop()
  })

  /** The seconds of the clock that an execution takes, and its output. */
  async function execute(): Promise<{ seconds: number; output: string | undefined }> {
    const stateMachineArn = stack.records.get('fixture')?.resources.get('Machine')?.physicalId
    const { executionArn } = await stack.clients.sfn.send(new StartExecutionCommand({ stateMachineArn }))
    const { startDate, stopDate, output } = await until(async () => {
      const execution = await stack.clients.sfn.send(new DescribeExecutionCommand({ executionArn }))
      return execution.status !== 'RUNNING' && execution
    })
    return { seconds: ((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)) / 1000, output }
  }

  test('runs it on the clock, with the function of the template', async () => {
    const { seconds, output } = await execute()
    expect(output).toBe('"from the machine"')
    expect(seconds).toBeGreaterThanOrEqual(30)
  })

  test('changes its definition in place', async () => {
    const actions = await stack.redeploy({ assembly: anAssembly({ asset, resources: resources({ waitSeconds: 90 }) }) })
    expect(actions.get('fixture/Machine')).toBe('changed')
    expect((await execute()).seconds).toBeGreaterThanOrEqual(90)
  })

  test('carries an event of the bus through the topic to the queue', async () => {
    const Entries = [{ EventBusName: 'news', Source: 'sluice', DetailType: 'Canary step', Detail: '{"step":2}' }]
    await stack.clients.events.send(new PutEventsCommand({ Entries }))
    const QueueUrl = stack.records.get('fixture')?.resources.get('Inbox')?.physicalId
    const body = await until(async () => (await stack.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body)
    expect(JSON.parse(JSON.parse(body).Message)).toMatchObject({ source: 'sluice', detail: { step: 2 } })
  })

  test('refuses a role that Step Functions may not assume', async () => {
    const assembly = anAssembly({ asset, resources: resources({ waitSeconds: 1, service: 'lambda.amazonaws.com' }) })
    await expect(stack.redeploy({ assembly })).rejects.toThrow(/cannot be assumed by states\.amazonaws\.com/)
  })
})
