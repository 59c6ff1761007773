// What the controller asks of AWS, counted where it arrives: the stores and zones of the product over HTTP, on a clock that the test moves.
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import { SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloudwatchMetrics } from '#adapters/aws/cloudwatch-metrics.ts'
import { dynamodbGoodPlans } from '#adapters/aws/dynamodb-good-plans.ts'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { dynamodbMemory } from '#adapters/aws/dynamodb-memory.ts'
import { dynamodbOverrides } from '#adapters/aws/dynamodb-overrides.ts'
import { dynamodbRecords } from '#adapters/aws/dynamodb-records.ts'
import { dynamodbSplits } from '#adapters/aws/dynamodb-splits.ts'
import { route53Zone } from '#adapters/aws/route53-zone.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import { applyRequest } from '#apply/apply-request.ts'
import { type Account, openAccount, publishPast } from '#bench/scale/account.ts'
import { STAGE, TABLE, ZONE_ID } from '#bench/scale/subject.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import type { RebalancePorts } from '#lambdas/rebalance/ports.ts'
import { rebalance } from '#lambdas/rebalance/rebalance.ts'
import { reconcile } from '#lambdas/reconcile/reconcile.ts'
import type { TickEvent } from '#model/tick-event.ts'
import { manualClock } from '#test/contract/manual-clock.ts'

const HOSTNAMES = 5
const clock = manualClock()
let account: Account
let ports: RebalancePorts
let sweep: () => Promise<unknown>
const clients: { destroy(): void }[] = []

beforeAll(async () => {
  account = await openAccount(clock, HOSTNAMES)
  account.aws.route53.settings.processingSeconds = 0
  const settings = { endpoint: account.aws.url, region: 'us-east-1', credentials: { accessKeyId: 'function', secretAccessKey: 's' } }
  const route53 = new Route53Client(settings)
  const cloudwatch = new CloudWatchClient(settings)
  const dynamodb = new DynamoDBClient(settings)
  const ssm = new SSMClient(settings)
  clients.push(route53, cloudwatch, dynamodb, ssm)
  const table = stateTable(dynamodb, TABLE)
  const zone = route53Zone(route53, clock.nowSeconds)
  const stores = {
    records: dynamodbRecords(table),
    overrides: dynamodbOverrides(table),
    goodPlans: dynamodbGoodPlans(table),
    journal: dynamodbJournal(table),
  }
  const configuration = ssmConfiguration(ssm, STAGE, stageParameters(STAGE))
  ports = {
    ...stores,
    configuration,
    metrics: cloudwatchMetrics(() => cloudwatch),
    memory: dynamodbMemory(table),
    splits: dynamodbSplits(table),
    clock,
    applier: {
      apply: async (request) =>
        applyRequest(JSON.parse(JSON.stringify(request)), await configuration.load(), Infinity, { ...stores, zone, clock }),
    },
  }
  sweep = async () =>
    reconcile(await configuration.load(), {
      ...stores,
      zone,
      healthChecks: { list: async () => [], remove: async () => {} },
      handOver: async (observed) => void (await tick({ source: 'reconcile', observed: [...observed] })),
    })
}, 30_000)

afterAll(async () => {
  for (const client of clients) client.destroy()
  await account?.close()
})

const tick = (event: object = { source: 'schedule' }) => {
  publishPast(account, clock.nowSeconds())
  return rebalance({ time: clock.nowSeconds(), ...event } as TickEvent, ports)
}

/** Requests by operation that arrived while `run` ran. */
async function arrived(service: string, run: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = account.requests.length
  await run()
  const seen = account.requests.slice(before).filter((request) => request.service === service)
  return Object.fromEntries([...Map.groupBy(seen, ({ operation }) => operation)].map(([operation, all]) => [operation, all.length]))
}

async function ticks(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    clock.advance(60)
    await tick()
  }
}

const operator = (request: object) => ({ source: 'operator', author: 'arn:aws:iam::123456789012:user/somebody', dryRun: false, request })

test('the first ticks look at each hostname once, create its records with one change, and ask once whether it is in sync', async () => {
  const calls = await arrived('route53', () => ticks(3))
  expect(calls).toEqual({ ListResourceRecordSets: HOSTNAMES, ChangeResourceRecordSets: HOSTNAMES, GetChange: HOSTNAMES })
})

test('a quiet tick makes no Route 53 call, and the same few others whatever the number of hostnames', async () => {
  // A dead time later what stands is kept as good, once.
  await ticks(6)
  expect(await arrived('route53', () => ticks(3))).toEqual({})
  expect(await arrived('monitoring', () => ticks(1))).toEqual({ GetMetricData: 1 })
  expect(await arrived('ssm', () => ticks(1))).toEqual({ GetParameters: 1 })
  const { Query, PutItem, ...others } = await arrived('dynamodb', () => ticks(1))
  // Memory of the providers and of the set, observed records, overrides, splits; a memory each, and the decision.
  expect({ Query, PutItem, others }).toEqual({ Query: 5, PutItem: 5, others: {} })
})

test('one changed hostname is exactly one change call, and one question for it a tick later', async () => {
  clock.advance(60)
  const [first] = account.configuration.hostnames
  const shares = { aws: 0.2, hetzner: 0.5, ovh: 0.3 }
  const expiresAt = clock.nowSeconds() + 3_600
  const pin = operator({ action: 'pin', hostname: first?.hostname, shares, reason: 'moving', expiresAt })
  expect(await arrived('route53', () => tick(pin))).toEqual({ ChangeResourceRecordSets: 1 })
  expect(await arrived('route53', () => ticks(1))).toEqual({ GetChange: 1 })
  expect(await arrived('route53', () => ticks(1))).toEqual({})
})

test('every hostname changed is one change call for each', async () => {
  clock.advance(60)
  const drain = operator({ action: 'drain', provider: 'ovh', reason: 'maintenance', expiresAt: clock.nowSeconds() + 3_600 })
  expect(await arrived('route53', () => tick(drain))).toEqual({ ChangeResourceRecordSets: HOSTNAMES })
  expect(await arrived('route53', () => ticks(1))).toEqual({ GetChange: HOSTNAMES })
})

test('a sweep that finds nothing lists the zone, not its hostnames, and changes nothing', async () => {
  clock.advance(60)
  expect(await arrived('route53', sweep)).toEqual({ ListResourceRecordSets: 1 })
})

test('a record edited by hand costs the sweep that sees it and one change', async () => {
  clock.advance(60)
  const hand = new Route53Client({
    endpoint: account.aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'owner', secretAccessKey: 's' },
  })
  clients.push(hand)
  const { ResourceRecordSets = [] } = await hand.send(new ListResourceRecordSetsCommand({ HostedZoneId: ZONE_ID }))
  const edited = ResourceRecordSets.find(({ Weight }) => Weight !== undefined)
  const change = { Action: 'UPSERT' as const, ResourceRecordSet: { ...edited, Name: edited?.Name, Type: edited?.Type, Weight: 99 } }
  await hand.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: ZONE_ID, ChangeBatch: { Changes: [change] } }))
  clock.advance(60)
  expect(await arrived('route53', sweep)).toEqual({ ListResourceRecordSets: 1, ChangeResourceRecordSets: 1 })
})
