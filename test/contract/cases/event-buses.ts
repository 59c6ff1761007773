// EventBridge: buses beside the default one, and topics as targets.
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  type EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateTopicCommand, SetTopicAttributesCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { expect } from 'vitest'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'
import { until } from '../until.ts'

const allow = (service: string, Action: string, Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action, Resource }] })

async function aQueue(sqs: SQSClient, QueueName: string, service: string): Promise<{ QueueUrl: string; Arn: string }> {
  const Attributes = { Policy: allow(service, 'sqs:SendMessage') }
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
  const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  return { QueueUrl, Arn: answer.Attributes?.QueueArn ?? '' }
}

const bodies = async (sqs: SQSClient, QueueUrl: string) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages?.map(({ Body = '' }) => Body) ?? []

const put = (events: EventBridgeClient, EventBusName: string, Source: string) =>
  events.send(new PutEventsCommand({ Entries: [{ EventBusName, Source, DetailType: 'Canary step', Detail: '{"step":1}' }] }))

export const eventBuses: ContractSuite = {
  service: 'EventBridge, buses',
  cases: [
    {
      name: 'a bus is described by name, listed, and gone when deleted',
      source: 'API reference, CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus',
      async run({ events }, Name) {
        const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name }))
        expect(EventBusArn).toMatch(new RegExp(`^arn:aws:events:us-east-1:\\d{12}:event-bus/${Name}$`))
        expect(await events.send(new DescribeEventBusCommand({ Name }))).toMatchObject({ Name, Arn: EventBusArn })
        const { EventBuses = [] } = await events.send(new ListEventBusesCommand({}))
        expect(EventBuses.map((bus) => bus.Name)).toEqual(expect.arrayContaining(['default', Name]))
        await events.send(new DeleteEventBusCommand({ Name }))
        await expectFault('ResourceNotFoundException', events.send(new DescribeEventBusCommand({ Name })))
      },
    },
    {
      name: 'a name that is taken is ResourceAlreadyExistsException',
      source: 'API reference, CreateEventBus, Errors',
      async run({ events }, Name) {
        await events.send(new CreateEventBusCommand({ Name }))
        await expectFault('ResourceAlreadyExistsException', events.send(new CreateEventBusCommand({ Name })))
      },
    },
    {
      name: 'a rule hears the events of its own bus only, named by name or by ARN',
      source: 'EventBridge user guide, "Event buses"; API reference, PutEventsRequestEntry, EventBusName',
      async run({ events, sqs }, unique) {
        const { EventBusArn = '' } = await events.send(new CreateEventBusCommand({ Name: unique }))
        const { QueueUrl, Arn } = await aQueue(sqs, unique, 'events.amazonaws.com')
        const { RuleArn } = await events.send(
          new PutRuleCommand({
            Name: 'all',
            EventBusName: unique,
            EventPattern: JSON.stringify({ 'detail-type': [{ prefix: 'Canary ' }] }),
          }),
        )
        expect(RuleArn).toMatch(new RegExp(`:rule/${unique}/all$`))
        await events.send(new PutTargetsCommand({ Rule: 'all', EventBusName: unique, Targets: [{ Id: 'queue', Arn }] }))
        await put(events, 'default', 'elsewhere')
        await put(events, unique, 'by-name')
        await put(events, EventBusArn, 'by-arn')
        const heard: string[] = []
        await until(
          async () => heard.push(...(await bodies(sqs, QueueUrl))),
          (count) => count >= 2,
        )
        expect(heard.map((body) => (JSON.parse(body) as { source: string }).source).toSorted()).toEqual(['by-arn', 'by-name'])
        expect((await events.send(new ListRulesCommand({ EventBusName: unique }))).Rules?.map((rule) => rule.Name)).toEqual(['all'])
        await expectFault('ResourceNotFoundException', events.send(new DescribeRuleCommand({ Name: 'all' })))
      },
    },
    {
      name: 'an event for a bus that does not exist is lost without an error',
      source: 'seen at AWS: github.com/aws/aws-sdk, issue 186',
      differs: { moto: 'it refuses the whole call with ResourceNotFoundException' },
      async run({ events }, unique) {
        const { FailedEntryCount, Entries = [] } = await put(events, `no-${unique}`, 'lost')
        expect(FailedEntryCount).toBe(0)
        expect(Entries[0]?.EventId).toMatch(/.+/)
      },
    },
    {
      name: 'a schedule on a bus of one’s own is refused',
      source: 'EventBridge user guide: scheduled rules are "only on the default event bus"',
      async run({ events }, Name) {
        await events.send(new CreateEventBusCommand({ Name }))
        const rule = new PutRuleCommand({ Name, EventBusName: Name, ScheduleExpression: 'rate(1 minute)' })
        await expectFault('ValidationException', events.send(rule))
      },
    },
    {
      name: 'a bus with rules cannot be deleted',
      source: 'API reference, DeleteEventBus: "All rules associated with this event bus need to be deleted"',
      differs: { moto: 'it deletes the rules too' },
      async run({ events }, Name) {
        await events.send(new CreateEventBusCommand({ Name }))
        await events.send(new PutRuleCommand({ Name: 'one', EventBusName: Name, EventPattern: '{"source":["a"]}' }))
        await expect(events.send(new DeleteEventBusCommand({ Name }))).rejects.toThrow()
        await events.send(new DeleteRuleCommand({ Name: 'one', EventBusName: Name }))
        await events.send(new DeleteEventBusCommand({ Name }))
      },
    },
    {
      name: 'a rule publishes to a topic whose policy lets it, and the topic tells its queues',
      source: 'EventBridge user guide, "Using resource-based policies", Amazon SNS permissions',
      differs: { moto: 'a rule with a topic as target breaks PutEvents with status 500' },
      async run({ events, sns, sqs }, unique) {
        await events.send(new CreateEventBusCommand({ Name: unique }))
        const { QueueUrl, Arn } = await aQueue(sqs, unique, 'sns.amazonaws.com')
        const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: unique }))
        await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Arn, Attributes: { RawMessageDelivery: 'true' } }))
        const AttributeValue = allow('events.amazonaws.com', 'sns:Publish', TopicArn)
        await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }))
        await events.send(new PutRuleCommand({ Name: 'tell', EventBusName: unique, EventPattern: '{"source":["sluice"]}' }))
        await events.send(new PutTargetsCommand({ Rule: 'tell', EventBusName: unique, Targets: [{ Id: 'topic', Arn: TopicArn }] }))
        await put(events, unique, 'sluice')
        const [told = '{}'] = await until(
          () => bodies(sqs, QueueUrl),
          (list) => list.length > 0,
        )
        expect(JSON.parse(told)).toMatchObject({ source: 'sluice', 'detail-type': 'Canary step', detail: { step: 1 } })
      },
    },
    {
      name: 'a topic whose policy names no service hears nothing from a rule',
      source: 'EventBridge user guide, "Using resource-based policies", Amazon SNS permissions',
      differs: { moto: 'it does not look at policies of topics' },
      async run({ events, sns, sqs }, unique) {
        const { QueueUrl, Arn } = await aQueue(sqs, unique, 'sns.amazonaws.com')
        const missed = await aQueue(sqs, `missed-${unique}`, 'events.amazonaws.com')
        const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: unique }))
        await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Arn }))
        await events.send(new PutRuleCommand({ Name: unique, EventPattern: JSON.stringify({ source: [unique] }) }))
        const Targets = [{ Id: 'topic', Arn: TopicArn, DeadLetterConfig: { Arn: missed.Arn } }]
        await events.send(new PutTargetsCommand({ Rule: unique, Targets }))
        await put(events, 'default', unique)
        const lost = await until(
          () => bodies(sqs, missed.QueueUrl),
          (list) => list.length > 0,
        )
        expect(lost.length).toBe(1)
        expect(await bodies(sqs, QueueUrl)).toEqual([])
      },
    },
  ],
}
