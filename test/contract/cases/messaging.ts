// SQS, SNS, EventBridge and STS: the way of an event to whoever wants it.
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateTopicCommand, ListTopicsCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect } from 'vitest'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'

/** EventBridge has no permission on a queue but by the queue's own policy (EventBridge user guide, "Using resource-based policies"). */
const EVENTS_MAY_SEND = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }],
})

/** Services send with the queue's own leave only (EventBridge user guide, "Amazon SQS permissions"; SNS developer guide, "Subscribing a queue"). */
const OPEN_TO_SERVICES = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: ['events.amazonaws.com', 'sns.amazonaws.com'] }, Action: 'sqs:SendMessage', Resource: '*' },
  ],
})

async function aQueue(sqs: SQSClient, unique: string, Attributes: Record<string, string> = {}): Promise<{ QueueUrl: string; arn: string }> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `queue-${unique}`, Attributes }))
  const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  return { QueueUrl, arn: answer.Attributes?.QueueArn ?? '' }
}

const receive = async (sqs: SQSClient, QueueUrl: string, WaitTimeSeconds = 0) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds }))).Messages ?? []

export const messaging: ContractSuite = {
  service: 'SQS, SNS, EventBridge, STS',
  cases: [
    {
      name: 'a received message is hidden until its visibility timeout ends, and gone when deleted',
      source: 'SQS developer guide, "Visibility timeout"',
      async run({ sqs }, unique) {
        const { QueueUrl } = await aQueue(sqs, unique, { VisibilityTimeout: '1' })
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late order' }))
        expect((await receive(sqs, QueueUrl)).map(({ Body }) => Body)).toEqual(['late order'])
        expect(await receive(sqs, QueueUrl)).toEqual([])
        const [again] = await until(() => receive(sqs, QueueUrl))
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }))
        expect(
          (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] })))
            .Attributes,
        ).toEqual({ ApproximateNumberOfMessagesNotVisible: '0' })
      },
    },
    {
      name: 'a waiting receiver gets the message that comes',
      source: 'SQS developer guide, "Short and long polling"',
      async run({ sqs }, unique) {
        const { QueueUrl } = await aQueue(sqs, unique)
        const waiting = receive(sqs, QueueUrl, 10)
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'now' }))
        expect((await waiting).map(({ Body }) => Body)).toEqual(['now'])
      },
    },
    {
      name: 'a queue that does not exist is QueueDoesNotExist',
      source: 'SQS API reference, GetQueueUrl',
      async run({ sqs }, unique) {
        await expectFault('QueueDoesNotExist', sqs.send(new GetQueueUrlCommand({ QueueName: `none-${unique}` })))
      },
    },
    {
      name: 'a topic hands a message to the queues that subscribed',
      source: 'SNS developer guide, "Fanout to Amazon SQS queues", raw message delivery',
      async run({ sns, sqs }, unique) {
        const { QueueUrl, arn } = await aQueue(sqs, unique, { Policy: OPEN_TO_SERVICES })
        const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: `topic-${unique}` }))
        await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn, Attributes: { RawMessageDelivery: 'true' } }))
        await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }))
        expect((await until(() => receive(sqs, QueueUrl))).map(({ Body }) => Body)).toEqual(['hello'])
        const { Topics } = await sns.send(new ListTopicsCommand({}))
        expect(Topics).toEqual(expect.arrayContaining([{ TopicArn }]))
      },
    },
    {
      name: 'a rule hands the events of its pattern to its targets, and no others',
      source: 'EventBridge user guide, "Event patterns"',
      async run({ events, sqs }, unique) {
        const { QueueUrl, arn } = await aQueue(sqs, unique, { Policy: EVENTS_MAY_SEND })
        const EventPattern = JSON.stringify({
          source: [unique],
          detail: { state: [{ prefix: 'AL' }], alarm: [{ 'anything-but': ['ignored'] }] },
        })
        await events.send(new PutRuleCommand({ Name: unique, EventPattern }))
        await events.send(new PutTargetsCommand({ Rule: unique, Targets: [{ Id: 'queue', Arn: arn }] }))
        const entry = (detail: unknown) => ({ Source: unique, DetailType: 'test', Detail: JSON.stringify(detail) })
        const { FailedEntryCount } = await events.send(
          new PutEventsCommand({
            Entries: [
              entry({ state: 'OK', alarm: 'a' }),
              entry({ state: 'ALARM', alarm: 'ignored' }),
              entry({ state: 'ALARM', alarm: 'b' }),
            ],
          }),
        )
        expect(FailedEntryCount).toBe(0)
        const received = await until(() => receive(sqs, QueueUrl))
        expect(received.map(({ Body = '' }) => JSON.parse(Body))).toMatchObject([
          { source: unique, 'detail-type': 'test', detail: { state: 'ALARM', alarm: 'b' } },
        ])
      },
    },
    {
      name: 'a rule with targets cannot be deleted, one without can',
      source: 'EventBridge API reference, DeleteRule',
      async run({ events, sqs }, unique) {
        const { arn } = await aQueue(sqs, unique)
        await events.send(new PutRuleCommand({ Name: unique, ScheduleExpression: 'rate(10 minutes)' }))
        await events.send(new PutTargetsCommand({ Rule: unique, Targets: [{ Id: 'queue', Arn: arn, Input: '{}' }] }))
        expect((await events.send(new ListTargetsByRuleCommand({ Rule: unique }))).Targets).toMatchObject([
          { Id: 'queue', Arn: arn, Input: '{}' },
        ])
        await expectFault('ValidationException', events.send(new DeleteRuleCommand({ Name: unique })))
        await events.send(new RemoveTargetsCommand({ Rule: unique, Ids: ['queue'] }))
        await events.send(new DeleteRuleCommand({ Name: unique }))
        await expectFault('ResourceNotFoundException', events.send(new DescribeRuleCommand({ Name: unique })))
      },
    },
    {
      name: 'a rate with the wrong number of its unit is refused',
      source: 'EventBridge user guide, "Rate expressions": singular for 1, plural for more',
      differs: { moto: 'it takes it' },
      async run({ events }, unique) {
        await expectFault('ValidationException', events.send(new PutRuleCommand({ Name: unique, ScheduleExpression: 'rate(10 minute)' })))
      },
    },
    {
      name: 'a caller learns its account',
      source: 'STS API reference, GetCallerIdentity',
      async run({ sts }) {
        expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toMatch(/^\d{12}$/)
      },
    },
  ],
}

/** Asks until something comes; a hidden or travelling message needs a moment. */
async function until<T>(ask: () => Promise<T[]>): Promise<T[]> {
  for (const end = Date.now() + 5000; Date.now() < end; ) {
    const answer = await ask()
    if (answer.length > 0) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return []
}
