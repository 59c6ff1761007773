// What the roles of the synthesised stack grant is what its functions use, once the seldom situations have happened too.
import { readFileSync } from 'node:fs'
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHealthCheckCommand,
  GetHealthCheckCommand,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HANDLER_NAMES } from '#cdk/handlers.ts'
import { roleOwner } from '#cdk/permissions/role-owner.ts'
import { SELDOM_USED } from '#cdk/permissions/seldom-used.ts'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { type RunningStack, startStack } from '#local/deploy/start-stack.ts'
import type { InvocationReport } from '#local/lambda/sinks.ts'
import type { Configuration } from '#model/configuration.ts'
import { until } from './deploy/until.ts'

const clock = createLocalClock({ speed: 120 })
const configuration = exampleConfiguration()
const zoneId = configuration.hostnames[0]?.zoneId ?? ''
const reports: InvocationReport[] = []
let stack: RunningStack
let lambda: LambdaClient
let isOver = false

function exampleConfiguration(): Configuration {
  const parsed = parseConfiguration(readFileSync('examples/aws-hetzner/sluice.yaml', 'utf8'), 'sluice.yaml')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.configuration
}

/** What agents would publish: half of what each provider can serve, and nothing fails. */
async function publishSignals(): Promise<void> {
  const Timestamp = new Date(clock.nowSeconds() * 1000)
  for (const { name, rating } of configuration.providers) {
    const Dimensions = [
      { Name: 'Stage', Value: configuration.stage },
      { Name: 'Provider', Value: name },
    ]
    const values = { Requests: rating * 30, Failures: 0, Capacity: rating, Utilisation: 0.5, LatencyP99: 0.2 }
    const MetricData = Object.entries(values).map(([MetricName, Value]) => ({ MetricName, Value, Dimensions, Timestamp }))
    await stack.clients.cloudwatch.send(new PutMetricDataCommand({ Namespace: 'Sluice', MetricData })).catch((error) => {
      if (!isOver) throw error
    })
  }
  if (!isOver) clock.setTimeout(publishSignals, 60)
}

beforeAll(async () => {
  stack = await startStack({ clock, configuration, onReport: (report) => reports.push(report) })
  lambda = new LambdaClient({
    endpoint: stack.aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'operator' },
  })
  await publishSignals()
}, 60_000)
afterAll(async () => {
  isOver = true
  lambda?.destroy()
  await stack?.stop()
  clock.stop()
})

const ourRecords = async () => {
  const { ResourceRecordSets = [] } = await stack.clients.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }))
  return ResourceRecordSets.filter(({ SetIdentifier }) => SetIdentifier?.startsWith('sluice:media.example.com:'))
}

/** Something was written and confirmed, and the last two ticks had nothing for apply. */
function isQuiet(): boolean {
  const isConfirmed = stack.aws.iam.usage().some(({ role, action }) => handlerOf(role) === 'apply' && action === 'route53:GetChange')
  const last = reports.slice(-2)
  return isConfirmed && last.length === 2 && last.every(({ functionName }) => functionName.endsWith('-rebalance'))
}

test('records appear, a change by hand is repaired, and a health check that nothing names is removed', async () => {
  // No prober runs here: what the checkers would say is said by hand.
  for (const { id } of stack.aws.route53.healthChecks()) stack.aws.route53.reportProbe(id, { fractionHealthy: 1, isHealthy: true })
  const written = await until(async () => {
    const records = await ourRecords()
    return records.length === 4 && records
  })

  // A tick that writes or confirms looks at the records, and would find the change by hand before reconcile does.
  await until(isQuiet)

  const leftOver = await stack.clients.route53.send(
    new CreateHealthCheckCommand({ CallerReference: 'former', HealthCheckConfig: { Type: 'TCP', IPAddress: '203.0.113.9', Port: 443 } }),
  )
  const id = leftOver.HealthCheck?.Id ?? ''
  const tags = { 'sluice:stage': configuration.stage, 'sluice:provider': 'former', 'sluice:endpoint': 'ingress-1' }
  const AddTags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  await stack.clients.route53.send(new ChangeTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: id, AddTags }))
  const [record] = written
  const byHand = { Action: 'UPSERT', ResourceRecordSet: { ...record, Name: record?.Name, Type: record?.Type, Weight: 3 } } as const
  await stack.clients.route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: { Changes: [byHand] } }))

  await until(async () =>
    (await ourRecords()).every(({ SetIdentifier, Weight }) => SetIdentifier !== record?.SetIdentifier || Weight !== 3),
  )
  await until(() =>
    stack.clients.route53.send(new GetHealthCheckCommand({ HealthCheckId: id })).then(
      () => false,
      () => true,
    ),
  )
  expect(stack.aws.route53.healthChecks()).toHaveLength(2)
}, 60_000)

test('a plan that stayed in sync for a dead time is kept as the last good one', async () => {
  const isKept = () => stack.aws.iam.usage().some(({ role, action }) => handlerOf(role) === 'rebalance' && action === 'dynamodb:GetItem')
  await until(isKept)
}, 60_000)

test('an override is set and ended', async () => {
  const ask = async (request: Record<string, unknown>) => {
    const event = { source: 'operator', time: clock.nowSeconds(), author: 'arn:aws:iam::123456789012:user/operator', request }
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'sluice-prod-rebalance', Payload: JSON.stringify(event) }))
    return { error: answer.FunctionError, text: answer.Payload?.transformToString() }
  }
  const drain = { action: 'drain', provider: 'hetzner', reason: 'test', expiresAt: clock.nowSeconds() + 3600 }
  expect((await ask(drain)).error).toBeUndefined()
  expect((await ask({ action: 'undrain', provider: 'hetzner', reason: 'test' })).error).toBeUndefined()
}, 30_000)

test('a sweep that an operator asks for finds the function warm the second time', async () => {
  const sweep = () => lambda.send(new InvokeCommand({ FunctionName: 'sluice-prod-reconcile', Payload: '{}' }))
  expect([(await sweep()).FunctionError, (await sweep()).FunctionError]).toEqual([undefined, undefined])
}, 30_000)

test('nothing failed for want of a permission', () => {
  expect(reports.filter((report) => report.kind !== 'ran' || report.error !== undefined)).toEqual([])
})

test('an event that fails is put aside with the rights of the function', async () => {
  for (const name of HANDLER_NAMES) {
    const FunctionName = `sluice-${configuration.stage}-${name}`
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify({ source: 'nobody' }) }))
  }
  const sent = () => stack.aws.iam.usage().filter(({ action }) => action === 'sqs:SendMessage')
  await until(() => new Set(sent().map(({ role }) => handlerOf(role))).size === HANDLER_NAMES.length)
}, 30_000)

test('every grant was used', () => {
  const key = ({ role, action, resource }: { role: string; action: string; resource: string }) => `${handlerOf(role)} ${action} ${resource}`
  const used = new Set(stack.aws.iam.usage().map(key))
  const unused = stack.aws.iam
    .grants()
    .map(key)
    .filter((one) => !used.has(one))
  // There is no canary here: canary-machine.test.ts compares those, and the stories of canaries do.
  const isOfCanaries = (one: string) => /^canary-|^reconcile states:|:sluice-prod-canary-step$/.test(one)
  expect(unused.filter((one) => !isOfCanaries(one))).toEqual([])
})

test('the list of what is seldom used names grants only', () => {
  const granted = stack.aws.iam.grants().map(({ role, action }) => `${handlerOf(role)} ${action}`)
  const listed = SELDOM_USED.flatMap(({ handlers, actions }) =>
    handlers.flatMap((handler) => actions.map((action) => `${handler} ${action}`)),
  )
  expect(granted).toEqual(expect.arrayContaining(listed))
})

function handlerOf(role: string): string {
  return roleOwner(role) ?? role
}
