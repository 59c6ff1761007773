// Which records a hostname shall have, for every way an endpoint is reached.
import { describe, expect, test } from 'vitest'
import type { Address } from '#model/provider.ts'
import { wantedRecords } from '#plan/wanted-records.ts'
import { aHostname, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { observedRecords } from '#test/builders/records.ts'

const bounds = (provider: string) => ({ provider, minShare: 0, maxShare: 1 })

const wanted = (overrides: Partial<Parameters<typeof wantedRecords>[0]> = {}) =>
  wantedRecords({
    hostname: aHostname({ providers: [bounds('aws')] }),
    providers: [aProvider()],
    decision: aDecision({ aws: 1 }),
    observed: observedRecords(),
    returnWeight: 0.02,
    ...overrides,
  })

describe('an endpoint', () => {
  const alias = { dnsName: 'lb.example.net', hostedZoneId: 'Z1', evaluateTargetHealth: true }
  const values = (...all: string[]) => ({ kind: 'values', values: all, ttlSeconds: 60 })
  const cases: [string, Address, unknown[]][] = [
    ['with an IPv4 address', { ipv4: '192.0.2.1' }, [['A', values('192.0.2.1')]]],
    ['with an IPv6 address only', { ipv6: '2001:db8::1' }, [['AAAA', values('2001:db8::1')]]],
    [
      'with both addresses',
      { ipv4: '192.0.2.1', ipv6: '2001:db8::1' },
      [
        ['A', values('192.0.2.1')],
        ['AAAA', values('2001:db8::1')],
      ],
    ],
    ['behind another name', { cname: 'lb.example.net' }, [['CNAME', values('lb.example.net')]]],
    ['behind an alias', { alias }, [['A', { kind: 'alias', alias }]]],
    [
      'behind an alias that has IPv6 too',
      { alias, ipv6: true },
      [
        ['A', { kind: 'alias', alias }],
        ['AAAA', { kind: 'alias', alias }],
      ],
    ],
  ]
  test.each(cases)('%s', (_name, address, expected) => {
    const providers = [aProvider({ endpoints: [{ name: 'edge', address, healthCheckId: 'hc-aws' }] })]
    expect(wanted({ providers }).map(({ type, target }) => [type, target])).toEqual(expected)
  })

  test('gives its record the name, our set identifier, its health check and the whole share', () => {
    expect(wanted()).toEqual([
      {
        name: HOSTNAME,
        type: 'A',
        setIdentifier: `sluice:${HOSTNAME}:aws:edge`,
        weight: 1,
        target: { kind: 'values', values: ['192.0.2.10'], ttlSeconds: 60 },
        healthCheckId: 'hc-aws',
      },
    ])
  })

  test('without a health check gives a record without one', () => {
    const providers = [aProvider({ endpoints: [{ name: 'edge', address: { ipv4: '192.0.2.1' } }] })]
    expect(Object.keys(wanted({ providers })[0] ?? {})).not.toContain('healthCheckId')
  })
})

describe('shares', () => {
  const names = ['aws', 'gcp', 'hetzner']
  const three = {
    hostname: aHostname({ providers: names.map(bounds) }),
    providers: names.map((name) => aProvider({ name })),
  }

  test('of those that serve make room for the return weight of each that is withheld', () => {
    const withheld = { share: 0, role: 'withheld' as const }
    const weights = (decision: ReturnType<typeof aDecision>) =>
      wanted({ ...three, decision, returnWeight: 0.1 }).map(({ weight }) => weight)
    expect(weights(aDecision({ aws: 0.5, gcp: 0.5, hetzner: withheld }))).toEqual([9, 9, 2])
    expect(weights(aDecision({ aws: 1, gcp: withheld, hetzner: withheld }))).toEqual([8, 1, 1])
  })

  test('that stand already are left as they are where another scale would be as good', () => {
    const observed = observedRecords({
      members: wanted({ ...three, decision: aDecision({ aws: 1, gcp: 1, hetzner: 1 }) }).map((record) => ({ ...record, weight: 50 })),
    })
    const decision = aDecision({ aws: 1 / 3, gcp: 1 / 3, hetzner: 1 / 3 })
    expect(wanted({ ...three, decision, observed }).map(({ weight }) => weight)).toEqual([50, 50, 50])
  })
})

test.each([
  ['that is not configured', { providers: [] }],
  ['for which nothing was decided', { decision: aDecision({ hetzner: 1 }) }],
])('a provider %s gets no records by accident: the plan is not made', (_name, overrides) => {
  expect(() => wanted(overrides)).toThrow(new RangeError(`${HOSTNAME}: nothing was decided for provider aws`))
})
