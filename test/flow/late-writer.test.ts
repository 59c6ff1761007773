// The fence on the wire: a writer paused between its check and its write loses, although the members look as it remembers them.
import { CreateHealthCheckCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { route53Zone } from '#adapters/aws/route53-zone.ts'
import { applyPlan } from '#apply/apply-plan.ts'
import type { ApplyPorts } from '#apply/ports.ts'
import { createInProcessAws, type InProcessAws } from '#local/aws/in-process-aws.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import type { Configuration } from '#model/configuration.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import { planHostname } from '#plan/plan-hostname.ts'
import type { DnsZone } from '#ports/dns-zone.ts'
import { aConfiguration, aHostname, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'

let aws: InProcessAws
let zone: DnsZone
let configuration: Configuration
const clock = createLocalClock({ speed: 20 })

beforeAll(async () => {
  aws = await createInProcessAws({ clock })
  const client = new Route53Client({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'root', secretAccessKey: 'root' },
  })
  const { HostedZone } = await client.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'late-writer' }))
  const zoneId = HostedZone?.Id?.replace('/hostedzone/', '') ?? ''
  zone = route53Zone(client, clock.nowSeconds)
  const endpoint = async (ipv4: string) => {
    const HealthCheckConfig = { Type: 'HTTP' as const, IPAddress: ipv4, Port: 80, RequestInterval: 10, FailureThreshold: 3 }
    const { HealthCheck } = await client.send(new CreateHealthCheckCommand({ CallerReference: ipv4, HealthCheckConfig }))
    return [{ name: 'edge', address: { ipv4 }, healthCheckId: HealthCheck?.Id ?? '' }]
  }
  configuration = aConfiguration({
    providers: [
      aProvider({ endpoints: await endpoint('192.0.2.10') }),
      aProvider({ name: 'hetzner', endpoints: await endpoint('198.51.100.10') }),
    ],
    hostnames: [aHostname({ zoneId })],
  })
})

afterAll(() => aws.close())

/** A writer with its own copy of what it last saw, as two functions have that were started at different times. */
async function aWriter(beforeSwap: () => Promise<void> = async () => {}) {
  const [hostname] = configuration.hostnames
  if (hostname === undefined) throw new Error('no hostname')
  const observed = await zone.list(hostname.zoneId, HOSTNAME)
  const ports: ApplyPorts = {
    clock,
    records: memoryRecords([{ observed }]),
    journal: memoryJournal(),
    overrides: memoryOverrides(),
    goodPlans: memoryGoodPlans(),
    zone: {
      ...zone,
      swap: async (swap) => {
        await beforeSwap()
        return zone.swap(swap)
      },
    },
  }
  return async (shares: Record<string, number>): Promise<ApplyOutcome> => {
    const { providers } = configuration
    const plan = planHostname({ hostname, providers, decision: aDecision(shares), observed, returnWeight: 0.02 })
    return applyPlan(plan, configuration, ports)
  }
}

const weights = async () => {
  const { members, fence } = await zone.list(configuration.hostnames[0]?.zoneId ?? '', HOSTNAME)
  return { weights: members.map(({ weight }) => weight), sequence: fence?.sequence }
}

test('fence: a paused writer loses after two further writes that change the records and change them back', async () => {
  const equal = { aws: 0.5, hetzner: 0.5 }
  expect((await (await aWriter())(equal)).kind).toBe('applied')
  expect(await weights()).toEqual({ weights: [1, 1], sequence: 1 })

  const paused = await aWriter(async () => {
    // The pause: checked, guarded, about to send. Two others get through.
    expect((await (await aWriter())({ aws: 0.75, hetzner: 0.25 })).kind).toBe('applied')
    expect((await (await aWriter())(equal)).kind).toBe('applied')
    expect(await weights()).toEqual({ weights: [1, 1], sequence: 3 })
  })
  const outcome = await paused({ aws: 0.25, hetzner: 0.75 })

  expect(outcome).toMatchObject({ kind: 'conflict', observed: { fence: { sequence: 3 } }, reason: { code: 'not-as-observed' } })
  expect(await weights()).toEqual({ weights: [1, 1], sequence: 3 })
})

test.each(['message', 'messages', 'documented'] as const)(
  'fence: of writers that start from the same observation exactly one wins (refusals of shape %s)',
  async (shape) => {
    aws.route53.settings.invalidChangeBatchShape = shape
    const writers = await Promise.all([0.1, 0.3, 0.6, 0.9].map(async (share) => ({ share, write: await aWriter() })))
    const outcomes = await Promise.all(writers.map(({ share, write }) => write({ aws: share, hetzner: 1 - share })))
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['applied', 'conflict', 'conflict', 'conflict'])
  },
)
