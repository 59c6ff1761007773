// Handing a live name over to Sluice as docs/operations.md says: refused while foreign records stand, written after its batch, and answered all the time.
import { readFileSync } from 'node:fs'
import { type ChangeBatch, ChangeResourceRecordSetsCommand, CreateHealthCheckCommand, Route53Client } from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { route53Zone } from '#adapters/aws/route53-zone.ts'
import { applyPlan } from '#apply/apply-plan.ts'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { createInProcessAws, type InProcessAws } from '#local/aws/in-process-aws.ts'
import { clientSettings } from '#local/world/client-settings.ts'
import type { Configuration } from '#model/configuration.ts'
import { planHostname } from '#plan/plan-hostname.ts'
import { aDecision } from '#test/builders/decision.ts'
import { manualClock } from '#test/contract/manual-clock.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'

const HOSTNAME = 'media.example.com'
const ZONE = 'Z0123456789EXAMPLE'
const clock = manualClock()
let aws: InProcessAws
let client: Route53Client
let configuration: Configuration

beforeAll(async () => {
  aws = await createInProcessAws({ clock })
  aws.route53.createZone({ id: ZONE, name: 'example.com' })
  client = new Route53Client(clientSettings(aws.url, 'us-east-1'))
  configuration = await exampleWithHealthChecks()
})
afterAll(async () => {
  client?.destroy()
  await aws?.close()
})

/** The example that the page is about, as a deployment completes it. */
async function exampleWithHealthChecks(): Promise<Configuration> {
  const parsed = parseConfiguration(readFileSync('examples/aws-hetzner/sluice.yaml', 'utf8'), 'sluice.yaml')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const providers = parsed.configuration.providers.map(async (provider) => {
    const HealthCheckConfig = { Type: 'HTTP' as const, IPAddress: '192.0.2.10', Port: 80, RequestInterval: 10, FailureThreshold: 3 }
    const { HealthCheck } = await client.send(new CreateHealthCheckCommand({ CallerReference: provider.name, HealthCheckConfig }))
    return { ...provider, endpoints: provider.endpoints.map((endpoint) => ({ ...endpoint, healthCheckId: HealthCheck?.Id })) }
  })
  return { ...parsed.configuration, providers: await Promise.all(providers) } as Configuration
}

async function change(ChangeBatch: ChangeBatch): Promise<void> {
  await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: ZONE, ChangeBatch }))
  // Route 53 takes the next change when this one has reached its servers.
  clock.advance(120)
}

/** The batch as it stands on the page. */
function batchOfThePage(): ChangeBatch {
  const [, text] = /cat >adopt\.json <<'END'\n([\s\S]*?)\nEND\n/.exec(readFileSync('docs/operations.md', 'utf8')) ?? []
  if (text === undefined) throw new Error('docs/operations.md has no adopt.json')
  return JSON.parse(text)
}

/** What the first tick under `enforce` does with what it sees. */
async function firstWrite() {
  const hostname = configuration.hostnames.find((one) => one.hostname === HOSTNAME)
  if (hostname === undefined) throw new Error(`the example has no ${HOSTNAME}`)
  const observed = await route53Zone(client, clock.nowSeconds).list(ZONE, HOSTNAME)
  const decision = aDecision({ aws: 0.75, hetzner: 0.25 })
  const plan = planHostname({ hostname, providers: configuration.providers, decision, observed, returnWeight: 0.02 })
  return applyPlan(plan, configuration, {
    clock,
    zone: route53Zone(client, clock.nowSeconds),
    records: memoryRecords([{ observed }]),
    journal: memoryJournal(),
    overrides: memoryOverrides(),
    goodPlans: memoryGoodPlans(),
  })
}

test('the batch of docs/operations.md turns simple records into ones that Sluice goes on with', async () => {
  const batch = batchOfThePage()
  const before = (batch.Changes ?? []).filter(({ Action }) => Action === 'DELETE')
  await change({ Changes: before.map(({ ResourceRecordSet }) => ({ Action: 'CREATE', ResourceRecordSet })) })
  expect(await firstWrite()).toMatchObject({ kind: 'refused' })

  await change(batch)
  const { members, strangers } = await route53Zone(client, clock.nowSeconds).list(ZONE, HOSTNAME)
  expect(strangers).toEqual([])
  expect(members).toHaveLength(4)

  expect(await firstWrite()).toMatchObject({ kind: 'applied' })
  const after = await route53Zone(client, clock.nowSeconds).list(ZONE, HOSTNAME)
  expect(after.members.map(({ weight }) => weight)).toEqual([3, 1, 3, 1])
  expect(after.members.every(({ healthCheckId }) => healthCheckId !== undefined)).toBe(true)
  expect(after.fence).toMatchObject({ sequence: 1 })
})
