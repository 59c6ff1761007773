// Route 53 in time: what name servers know and when, the shapes of a refusal, throttling, and a zone that is busy.

import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { ChangeResourceRecordSetsCommand, CreateHealthCheckCommand, GetChangeCommand, Route53Client } from '@aws-sdk/client-route-53'
import { expect, it, onTestFinished } from 'vitest'
import type { InvalidChangeBatchShape } from '#local/aws/route53/access.ts'
import { anAccount } from './an-account.ts'
import { expectFault } from './expect-fault.ts'
import { aRecord, aWeighted, aZone, change } from './route53-fixtures.ts'

function withoutRetries(url: string): Route53Client {
  const client = new Route53Client({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'root', secretAccessKey: 's' },
    maxAttempts: 1,
  })
  onTestFinished(() => client.destroy())
  return client
}

it('name servers know a change when it is in sync, and the changes in their order', async () => {
  const { aws, clock, root } = await anAccount()
  const { zoneId, zone } = await aZone(root.route53, 'zone')
  aws.route53.settings.propagationSeconds = 30
  const first = await change(root.route53, zoneId, ['CREATE', aWeighted({ Name: `*.a.${zone}` })])
  clock.advance(20)
  aws.route53.settings.propagationSeconds = 1
  await change(root.route53, zoneId, ['UPSERT', aWeighted({ Name: `*.a.${zone}`, Weight: 20 })])
  clock.advance(5)
  const weights = () => aws.route53.recordSets(`*.a.${zone}`, 'A').map(({ weight }) => weight)
  const status = async () => (await root.route53.send(new GetChangeCommand({ Id: first.ChangeInfo?.Id }))).ChangeInfo?.Status
  expect([weights(), await status()]).toEqual([[], 'PENDING'])
  clock.advance(5)
  expect([weights(), await status()]).toEqual([[20], 'INSYNC'])
})

it.each<[InvalidChangeBatchShape, string, (error: Error & { Messages?: unknown }) => unknown, string]>([
  ['message', 'InvalidChangeBatch', ({ message }) => message, 'but it was not found'],
  ['messages', 'InvalidChangeBatch', ({ message }) => message, 'UnknownError'],
  ['documented', 'Unknown', ({ Messages }) => JSON.stringify(Messages), 'but it was not found'],
])('a refused batch in the shape %s reaches SDK clients as %s', async (shape, name, text, said) => {
  const { aws, root } = await anAccount()
  const { zoneId, zone } = await aZone(root.route53, 'zone')
  aws.route53.settings.invalidChangeBatchShape = shape
  const fault = await expectFault(name, change(root.route53, zoneId, ['DELETE', aRecord({ Name: `a.${zone}` })]))
  expect(text(fault)).toContain(said)
})

it('a zone that is still processing a change answers PriorRequestNotComplete', async () => {
  const { aws, clock, root } = await anAccount()
  const { zoneId, zone } = await aZone(root.route53, 'zone')
  const other = await aZone(root.route53, 'other')
  aws.route53.settings.processingSeconds = 2
  const route53 = withoutRetries(aws.url)
  await change(route53, zoneId, ['CREATE', aRecord({ Name: `a.${zone}` })])
  await expectFault('PriorRequestNotComplete', change(route53, zoneId, ['CREATE', aRecord({ Name: `b.${zone}` })]))
  await change(route53, other.zoneId, ['CREATE', aRecord({ Name: `b.${other.zone}` })])
  clock.advance(2)
  await change(route53, zoneId, ['CREATE', aRecord({ Name: `b.${zone}` })])
})

it('an empty request bucket answers Throttling and fills again with time', async () => {
  const { aws, clock, root } = await anAccount()
  const { zoneId } = await aZone(root.route53, 'zone')
  aws.route53.settings.throttle = { capacity: 2, refillPerSecond: 1 }
  const route53 = withoutRetries(aws.url)
  const ask = () => route53.send(new GetChangeCommand({ Id: 'C0' }))
  await expectFault('NoSuchChange', ask())
  await expectFault('NoSuchChange', ask())
  const fault = await expectFault('Throttling', ask())
  expect(fault.message).toBe('Rate exceeded')
  clock.advance(1)
  await expectFault('NoSuchChange', ask())
  expect(zoneId).toMatch(/^Z/)
})

it('all actions take from the bucket of the account, and record changes from one of their own', async () => {
  const { aws, clock, root } = await anAccount()
  const { zoneId, zone } = await aZone(root.route53, 'zone')
  const route53 = withoutRetries(aws.url)
  aws.route53.settings.throttle = { capacity: 2, refillPerSecond: 1 }
  await expectFault('NoSuchChange', route53.send(new GetChangeCommand({ Id: 'C0' })))
  await change(route53, zoneId, ['CREATE', aRecord({ Name: `a.${zone}` })])
  await expectFault('Throttling', route53.send(new GetChangeCommand({ Id: 'C0' })))

  clock.advance(60)
  aws.route53.settings.throttle = { capacity: 50, refillPerSecond: 10, changes: { capacity: 3, refillPerSecond: 1 } }
  const create = (name: string): ['CREATE', ReturnType<typeof aRecord>] => ['CREATE', aRecord({ Name: `${name}.${zone}` })]
  await change(route53, zoneId, create('b1'), create('b2'))
  clock.advance(0.5)
  await expectFault('Throttling', change(route53, zoneId, create('c1'), create('c2')))
  clock.advance(1)
  await change(route53, zoneId, create('c1'), create('c2'))
})

it('the verdict of the probers becomes the metrics of the health check, once a minute, in us-east-1', async () => {
  const { aws, clock, root } = await anAccount()
  const config = { Type: 'HTTP', IPAddress: '192.0.2.1', RequestInterval: 10 } as const
  const { HealthCheck } = await root.route53.send(new CreateHealthCheckCommand({ CallerReference: 'a', HealthCheckConfig: config }))
  const id = HealthCheck?.Id ?? ''
  expect(aws.route53.isHealthy(id)).toBe(true)
  const from = clock.nowSeconds()
  clock.advance(120)
  aws.route53.reportProbe(id, { fractionHealthy: 0.25, isHealthy: true })
  clock.advance(60)
  aws.route53.reportProbe(id, { fractionHealthy: 0, isHealthy: false })
  clock.advance(60)
  const query = (Id: string, MetricName: string) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/Route53', MetricName, Dimensions: [{ Name: 'HealthCheckId', Value: id }] },
      Period: 60,
      Stat: 'Average',
    },
  })
  const { MetricDataResults = [] } = await root.cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(from * 1000),
      EndTime: new Date(clock.nowSeconds() * 1000),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [query('status', 'HealthCheckStatus'), query('percentage', 'HealthCheckPercentageHealthy')],
    }),
  )
  expect(MetricDataResults.map(({ Values }) => Values)).toEqual([
    [1, 0],
    [25, 0],
  ])
  expect(aws.route53.isHealthy(id)).toBe(false)
})

it('a batch whose shape is wrong names the change, what was seen and what is expected', async () => {
  const { root } = await anAccount()
  const { zoneId, zone } = await aZone(root.route53, 'zone')
  const bad = new ChangeResourceRecordSetsCommand({
    HostedZoneId: zoneId,
    ChangeBatch: {
      Changes: [
        {
          Action: 'CREATE',
          ResourceRecordSet: { Name: `a.${zone}`, Type: 'A', Weight: 1, TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] },
        },
      ],
    },
  })
  const fault = await expectFault('InvalidInput', root.route53.send(bad))
  expect(fault.message).toContain(`Missing field 'SetIdentifier' in Change with [Action=CREATE, Name=a.${zone}, Type=A`)
})
