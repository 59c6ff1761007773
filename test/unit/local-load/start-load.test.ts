// The clients on the wire: they ask a real name server, send to real servers, and what they count follows the weights.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { type Cloud, startCloud } from '#local/clouds/start-cloud.ts'
import { startDnsServer } from '#local/dns/dns-server.ts'
import { RESOLVER_MIX } from '#local/load/load-spec.ts'
import { startLoad } from '#local/load/start-load.ts'
import { aPlane, aRecordSet } from '../local-dns/a-record-set.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function aSystem(weights: { aws: number; hetzner: number }, ipv6Share = 0) {
  const clock = createLocalClock({ speed: 20 })
  const spec = (provider: string, seed: number) => ({
    provider,
    tasks: 10,
    ratingPerTask: 10,
    baseLatencySeconds: 0.04,
    healthCheckPath: '/',
    requestsPerRequest: 1,
    seed,
  })
  const clouds: Cloud[] = await Promise.all([startCloud(spec('aws', 1), clock.origin), startCloud(spec('hetzner', 2), clock.origin)])
  const member = (setIdentifier: 'aws' | 'hetzner', type: string, value: string) =>
    aRecordSet({ setIdentifier, type, values: [value], weight: weights[setIdentifier] })
  const records = [
    member('aws', 'A', '192.0.2.1'),
    member('hetzner', 'A', '192.0.2.2'),
    member('aws', 'AAAA', '2001:db8::1'),
    member('hetzner', 'AAAA', '2001:db8::2'),
  ]
  const dns = await startDnsServer({ plane: aPlane(records), random: Math.random, aliasAddresses: () => [], port: 0 })
  const leadTo = (cloud: Cloud | undefined) => ({ provider: cloud?.provider ?? '', endpoint: 'main', port: cloud?.port ?? 0 })
  const destinations = {
    '192.0.2.1': leadTo(clouds[0]),
    '192.0.2.2': leadTo(clouds[1]),
    '2001:db8::1': leadTo(clouds[0]),
    '2001:db8::2': leadTo(clouds[1]),
  }
  const load = startLoad(
    { hostnames: ['media.example.test'], dnsPort: dns.port, resolvers: 500, ipv6Share, mix: RESOLVER_MIX, destinations, seed: 1 },
    clock,
  )
  closers.push(
    () => clock.stop(),
    () => dns.close(),
    ...clouds.map((cloud) => () => cloud.close()),
    () => load.close(),
  )
  return { load, clouds }
}

describe('the clients', () => {
  it.each([0, 1])('spread their requests as the weights say, with %i of them on IPv6', async (ipv6Share) => {
    const { load } = await aSystem({ aws: 3, hetzner: 1 }, ipv6Share)
    load.setDemand([{ atSeconds: 0, requestsPerSecond: 40 }])
    const enough = await vi.waitFor(async () => {
      const counts = await load.counts()
      expect((counts.providers.aws?.sent ?? 0) + (counts.providers.hetzner?.sent ?? 0)).toBeGreaterThan(1500)
      return counts
    }, 15_000)
    const { aws = { sent: 0, failed: 0 }, hetzner = { sent: 0, failed: 0 } } = enough.providers
    expect(aws.sent / (aws.sent + hetzner.sent)).toBeGreaterThan(0.65)
    expect(aws.sent / (aws.sent + hetzner.sent)).toBeLessThan(0.85)
    expect([aws.failed, hetzner.failed, enough.unresolved]).toEqual([0, 0, 0])
  })

  it('count what a cloud refuses as failed, and go on', async () => {
    const { load, clouds } = await aSystem({ aws: 1, hetzner: 0 })
    await clouds[0]?.command({ kind: 'stop' })
    load.setDemand([{ atSeconds: 0, requestsPerSecond: 20 }])
    await vi.waitFor(async () => {
      const { aws } = (await load.counts()).providers
      expect(aws?.failed).toBeGreaterThan(100)
      expect(aws?.failed).toBe(aws?.sent)
    }, 15_000)
  })
})
