// Alarms and schedules on the clock, up to the target of a rule.
import { PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { expect, it } from 'vitest'
import type { Delivery } from '#local/aws/events/deliver.ts'
import { type Account, anAccount } from './an-account.ts'

const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:rebalance'

async function aRule(
  { aws, root }: Account,
  rule: { EventPattern?: string; ScheduleExpression?: string },
  target = {},
): Promise<Delivery[]> {
  const deliveries: Delivery[] = []
  aws.events.setDeliver(async (delivery) => {
    deliveries.push(delivery)
  })
  await root.events.send(new PutRuleCommand({ Name: 'rule', ...rule }))
  await root.events.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: 'function', Arn: LAMBDA, ...target }] }))
  return deliveries
}

it('an alarm that breaches its threshold becomes an event, and another when it recovers', async () => {
  const account = await anAccount()
  const { clock, root } = account
  const deliveries = await aRule(account, {
    EventPattern: JSON.stringify({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [{ prefix: 'sluice-' }] },
    }),
  })
  await root.cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'sluice-red',
      Namespace: 'Test',
      MetricName: 'Status',
      Statistic: 'Minimum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
    }),
  )
  for (const Value of [1, 0, 1]) {
    const Timestamp = new Date(clock.nowSeconds() * 1000)
    await root.cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Test', MetricData: [{ MetricName: 'Status', Value, Timestamp }] }))
    clock.advance(60)
  }
  clock.advance(30)
  const events = deliveries.map(({ payload }) => JSON.parse(payload))
  expect(events.map(({ detail }) => `${detail.previousState.value} > ${detail.state.value}`)).toEqual([
    'INSUFFICIENT_DATA > OK',
    'OK > ALARM',
    'ALARM > OK',
  ])
  expect(events[1]).toMatchObject({
    source: 'aws.cloudwatch',
    account: '123456789012',
    resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:sluice-red'],
    detail: {
      alarmName: 'sluice-red',
      configuration: { metrics: [{ metricStat: { metric: { namespace: 'Test', name: 'Status' }, period: 60, stat: 'Minimum' } }] },
    },
  })
  expect(events[1].detail.state.reason).toContain('crossed the threshold (LessThanThreshold 1)')
})

it('a rate fires from the moment the rule was made, with the event of a schedule', async () => {
  const account = await anAccount()
  account.clock.advance(17)
  const deliveries = await aRule(account, { ScheduleExpression: 'rate(1 minute)' })
  account.clock.advance(185)
  expect(deliveries).toHaveLength(3)
  expect(JSON.parse(deliveries[0]?.payload ?? '')).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: new Date((1_800_000_000 + 77) * 1000).toISOString().replace('.000', ''),
    resources: ['arn:aws:events:us-east-1:123456789012:rule/rule'],
    detail: {},
  })
})

it('a target can have an input of its own', async () => {
  const account = await anAccount()
  const deliveries = await aRule(account, { ScheduleExpression: 'rate(10 minutes)' }, { Input: '{"kind":"sweep"}' })
  account.clock.advance(600)
  expect(deliveries.map(({ payload }) => payload)).toEqual(['{"kind":"sweep"}'])
})

it('an event that nobody takes goes to the dead-letter queue of the target', async () => {
  const account = await anAccount()
  const { aws, root, clock } = account
  const Policy = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }],
  })
  const { QueueUrl } = await root.sqs.send(new CreateQueueCommand({ QueueName: 'dead', Attributes: { Policy } }))
  await aRule(account, { ScheduleExpression: 'rate(1 minute)' }, { DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dead' } })
  aws.events.setDeliver(() => Promise.reject(new Error('no permission')))
  clock.advance(60)
  const { Messages = [] } = await root.sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  expect(Messages[0]?.MessageAttributes).toMatchObject({
    TARGET_ARN: { StringValue: LAMBDA },
    ERROR_MESSAGE: { StringValue: 'no permission' },
  })
})
