// Each guard: what it lets through, what it refuses, and with which sentence.
import { describe, expect, test } from 'vitest'
import type { Override } from '#model/override.ts'
import type { WeightedRecord } from '#model/record.ts'
import { aConfiguration, aHostname, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { refusalOf } from '#test/builders/guards.ts'
import { aPlan, aRecord, observedRecords } from '#test/builders/records.ts'

test('a plan as it should be passes every guard', () => {
  expect(refusalOf(aPlan())).toBe('allowed')
})

describe('fence', () => {
  test('fence: a sequence that does not come after the one that stands is refused', () => {
    const observed = observedRecords({ fence: { generation: 1, sequence: 8, ttlSeconds: 60 } })
    expect(refusalOf(aPlan(), { observed })).toBe(`fence: ${HOSTNAME}: "gen=1 seq=8" does not come after "gen=1 seq=8"`)
  })

  test('fence: an older generation is refused even with a higher sequence', () => {
    const observed = observedRecords({ fence: { generation: 2, sequence: 1, ttlSeconds: 60 } })
    expect(refusalOf(aPlan(), { observed })).toBe(`fence: ${HOSTNAME}: generation 1 is older than 2, which holds the shares`)
  })

  test('fence: what was written counts on when a hand has put an earlier fence back, or none', () => {
    const { fence: _none, ...unfenced } = observedRecords()
    const lastFence = { generation: 1, sequence: 8 }
    for (const observed of [observedRecords(), unfenced])
      expect(refusalOf(aPlan(), { observed, lastFence })).toBe(`fence: ${HOSTNAME}: "gen=1 seq=8" does not come after "gen=1 seq=8"`)
    expect(refusalOf(aPlan(), { lastFence: { generation: 1, sequence: 7 } })).toBe('allowed')
  })

  test('fence: the first write of a hostname needs none', () => {
    const { fence: _none, ...observed } = observedRecords()
    expect(refusalOf(aPlan(), { observed })).toBe('allowed')
  })
})

describe('ownership', () => {
  test('ownership: a record that is not ours stops the write', () => {
    const stranger = { name: HOSTNAME, type: 'A', setIdentifier: 'by-hand', why: 'its set identifier does not begin with ours' }
    expect(refusalOf(aPlan(), { observed: observedRecords({ strangers: [stranger] }) })).toBe(
      `ownership: ${HOSTNAME} A "by-hand" is not ours (its set identifier does not begin with ours); remove it or take the hostname out of the configuration`,
    )
  })

  test('ownership: a stranger without a set identifier is named by what it has', () => {
    const stranger = { name: HOSTNAME, type: 'TXT', why: 'not a weighted record' }
    expect(refusalOf(aPlan(), { observed: observedRecords({ strangers: [stranger] }) })).toMatch(
      /^ownership: media\.example\.com TXT is not ours \(not a weighted record\);/,
    )
  })

  test('ownership: a plan for records of another name is refused', () => {
    const plan = aPlan()
    const wanted = plan.wanted.map((record) => ({ ...record, name: 'other.example.com' }))
    expect(refusalOf({ ...plan, wanted })).toMatch(/^ownership: other\.example\.com A/)
  })

  test('ownership: a plan that deletes what is not ours is refused', () => {
    const before = aRecord('aws', 1, { setIdentifier: 'somebody:else' })
    expect(refusalOf(aPlan({ changes: [{ before, reason: { code: 'x', sentence: 'x' } }] }))).toMatch(/^ownership: /)
  })
})

describe('never empty', () => {
  test('never-empty: a plan without weight for anybody who may serve is refused', () => {
    const plan = aPlan()
    const wanted = plan.wanted.map((record) => ({ ...record, weight: 0 }))
    expect(refusalOf({ ...plan, wanted })).toBe(
      `never-empty: ${HOSTNAME} A: 0 of 2 providers that may serve would have weight, at least 2 must`,
    )
  })

  test('never-empty: where nobody may serve, what stood may be put back, and all zero may not', () => {
    const plan = aPlan({ cause: 'repair', evidence: { signalsRequired: 4, signalsMissing: 0, zero: [], mayServe: [] } })
    expect(refusalOf(plan)).toBe('allowed')
    expect(refusalOf({ ...plan, wanted: plan.wanted.map((record) => ({ ...record, weight: 0 })) })).toBe(
      `never-empty: ${HOSTNAME} A: every record would have weight 0, which Route 53 takes for equal shares`,
    )
  })

  test('never-empty: weight on a provider that is down does not count', () => {
    const plan = aPlan({ evidence: { signalsRequired: 4, signalsMissing: 0, zero: [], mayServe: ['aws'] } })
    const wanted = plan.wanted.map((record) => ({ ...record, weight: record.healthCheckId === 'hc-aws' ? 0 : 5 }))
    expect(refusalOf({ ...plan, wanted })).toMatch(/^never-empty: .* 0 of 1 providers/)
  })

  test('never-empty: two that may serve must both keep weight', () => {
    const plan = aPlan()
    const wanted = plan.wanted.map((record) => ({ ...record, weight: record.healthCheckId === 'hc-aws' ? 5 : 0 }))
    expect(refusalOf({ ...plan, wanted })).toMatch(/^never-empty: .* 1 of 2 providers/)
  })

  test.each(['override', 'rollback'] as const)('never-empty: a person may put everything on one provider (%s)', (cause) => {
    const plan = aPlan({
      cause,
      evidence: { signalsRequired: 4, signalsMissing: 0, zero: ['hetzner'], mayServe: ['aws', 'hetzner'] },
    })
    const wanted = plan.wanted.map((record) => ({ ...record, weight: record.healthCheckId === 'hc-aws' ? 5 : 0 }))
    expect(refusalOf({ ...plan, wanted })).toBe('allowed')
  })

  test('never-empty: a tier that may not serve yet needs no weight', () => {
    const hostname = aHostname({
      providers: [
        { provider: 'aws', minShare: 0, maxShare: 1 },
        { provider: 'hetzner', minShare: 0, maxShare: 0 },
      ],
    })
    const plan = aPlan({ evidence: { signalsRequired: 4, signalsMissing: 0, zero: ['hetzner'], mayServe: ['aws', 'hetzner'] } })
    const wanted = plan.wanted.map((record) => ({ ...record, weight: record.healthCheckId === 'hc-aws' ? 1 : 0 }))
    expect(refusalOf({ ...plan, wanted }, { hostname })).toBe('allowed')
  })

  test('never-empty: a plan that leaves no record is refused', () => {
    expect(refusalOf(aPlan({ wanted: [], changes: [] }))).toBe(`never-empty: ${HOSTNAME}: the plan leaves no record at all`)
  })
})

describe('atomic name', () => {
  test('atomic-name: an address family that one provider lacks is refused', () => {
    const plan = aPlan()
    const wanted = [
      ...plan.wanted,
      aRecord('aws', 3, { type: 'AAAA', target: { kind: 'values', values: ['2001:db8::1'], ttlSeconds: 60 } }),
    ]
    expect(refusalOf({ ...plan, wanted })).toBe(
      `atomic-name: ${HOSTNAME}: hetzner has no AAAA record although others have; both address families move together`,
    )
  })

  test('atomic-name: a CNAME beside an A record is refused', () => {
    const plan = aPlan()
    const wanted = [
      ...plan.wanted,
      aRecord('aws', 3, { type: 'CNAME', target: { kind: 'values', values: ['lb.example.net'], ttlSeconds: 60 } }),
    ]
    expect(refusalOf({ ...plan, wanted })).toBe(`atomic-name: ${HOSTNAME}: CNAME cannot stand beside A`)
  })

  test('atomic-name: a batch above the quota of elements is refused before any write', () => {
    const plan = aPlan()
    const values = Array.from({ length: 600 }, (_, index) => `192.0.2.${index}`)
    const changes = plan.wanted.map((record) => ({
      before: record,
      after: { ...record, target: { kind: 'values' as const, values, ttlSeconds: 60 } },
      reason: plan.reason,
    }))
    expect(refusalOf({ ...plan, changes })).toBe(`atomic-name: ${HOSTNAME}: 1204 elements in one batch, 1000 are allowed`)
  })

  test('atomic-name: a batch above the quota of characters is refused', () => {
    const plan = aPlan()
    const values = Array.from({ length: 100 }, () => 'x'.repeat(400))
    const changes = plan.wanted.slice(0, 1).map((record) => ({
      before: record,
      after: { ...record, target: { kind: 'values' as const, values, ttlSeconds: 60 } },
      reason: plan.reason,
    }))
    expect(refusalOf({ ...plan, changes })).toMatch(/^atomic-name: .* characters in one batch, 32000 are allowed$/)
  })

  test('atomic-name: more than 100 weighted records of one type are refused', () => {
    const plan = aPlan()
    const many = Array.from({ length: 101 }, (_, index) => aRecord('aws', 1, { setIdentifier: `sluice:${HOSTNAME}:aws:e${index}` }))
    expect(refusalOf({ ...plan, wanted: [...many, ...plan.wanted] })).toBe(
      `atomic-name: ${HOSTNAME}: 103 weighted records of one type, 100 are allowed`,
    )
  })
})

describe('validated numbers', () => {
  test.each([-1, 256, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('validated-numbers: weight %s aborts the hostname', (weight) => {
    const plan = aPlan()
    const wanted = plan.wanted.map((record) => ({ ...record, weight }))
    expect(refusalOf({ ...plan, wanted })).toBe(
      `validated-numbers: sluice:${HOSTNAME}:aws:edge A: weight ${weight}, allowed are whole numbers 0–255`,
    )
  })

  test('validated-numbers: a TTL that is no whole number aborts the hostname', () => {
    const plan = aPlan()
    const wanted = plan.wanted.map((record) => ({ ...record, target: { kind: 'values' as const, values: ['192.0.2.1'], ttlSeconds: 0.5 } }))
    expect(refusalOf({ ...plan, wanted })).toMatch(/^validated-numbers: .* TTL 0.5/)
  })

  test.each([
    { generation: 1, sequence: Number.NaN },
    { generation: 1.5, sequence: 1 },
    { generation: 2 ** 60, sequence: 1 },
  ])('validated-numbers: the fence $generation/$sequence aborts the hostname', (fence) => {
    expect(refusalOf(aPlan({ fence }))).toMatch(new RegExp(`^validated-numbers: .*fence ${fence.generation}/${fence.sequence}`))
  })
})

describe('ttl', () => {
  const withTtls = (...ttls: number[]) => {
    const plan = aPlan()
    const wanted = plan.wanted.map((record, index) => ({
      ...record,
      target: { kind: 'values' as const, values: ['192.0.2.1'], ttlSeconds: ttls[index] ?? 60 },
    }))
    return { ...plan, wanted }
  }

  test('ttl: two TTLs in one set are refused', () => {
    expect(refusalOf(withTtls(30, 60))).toBe(`ttl: ${HOSTNAME}: TTLs 30 and 60 in one set, one is allowed`)
  })

  test.each([9, 61])('ttl: %s s is outside the bounds', (ttlSeconds) => {
    expect(refusalOf(withTtls(ttlSeconds, ttlSeconds))).toBe(`ttl: ${HOSTNAME}: TTL ${ttlSeconds}, allowed are 10–60 s`)
  })

  test.each([10, 60])('ttl: %s s is inside', (ttlSeconds) => {
    expect(refusalOf(withTtls(ttlSeconds, ttlSeconds))).toBe('allowed')
  })
})

describe('missing data', () => {
  const blind = { signalsRequired: 4, signalsMissing: 3, zero: [], mayServe: ['aws', 'hetzner'] }

  test('missing-data: with more than half of the signals missing no signal-driven change is made', () => {
    expect(refusalOf(aPlan({ evidence: blind }))).toBe(
      `missing-data: ${HOSTNAME}: 3 of 4 required signals are missing; the shares stay as they are`,
    )
  })

  test('missing-data: exactly half is still enough', () => {
    expect(refusalOf(aPlan({ evidence: { ...blind, signalsMissing: 2 } }))).toBe('allowed')
  })

  test.each(['override', 'probe', 'repair', 'rollback', 'initial'] as const)(
    'missing-data: does not bind what was caused by %s',
    (cause) => {
      expect(refusalOf(aPlan({ evidence: blind, cause }))).toBe('allowed')
    },
  )
})

describe('paused', () => {
  const pause = { kind: 'pause' as const, hostname: HOSTNAME, author: 'me', reason: 'editing by hand', createdAt: 0, expiresAt: 9e9 }

  test.each(['signal', 'probe', 'repair', 'initial'] as const)('paused: a write caused by %s is refused', (cause) => {
    expect(refusalOf(aPlan({ cause }), { overrides: [pause] })).toBe(`paused: ${HOSTNAME}: paused by me: editing by hand`)
  })

  test('paused: all hostnames at once', () => {
    expect(refusalOf(aPlan(), { overrides: [{ ...pause, hostname: '*' }] })).toMatch(/^paused: /)
  })

  test.each(['override', 'rollback'] as const)('paused: does not bind %s', (cause) => {
    expect(refusalOf(aPlan({ cause }), { overrides: [pause] })).toBe('allowed')
  })

  test('paused: another hostname is none of its business', () => {
    expect(refusalOf(aPlan(), { overrides: [{ ...pause, hostname: 'other.example.com' }] })).toBe('allowed')
  })
})

describe('write fight', () => {
  const repairs = { count: 3, lastAt: 900 }

  test('write-fight: the fourth repair in a row is refused and the records are named', () => {
    expect(refusalOf(aPlan({ cause: 'repair' }), { repairs })).toBe(
      `write-fight: ${HOSTNAME}: somebody else keeps changing A sluice:${HOSTNAME}:aws:edge; 3 repairs in a row were overwritten, no more is written`,
    )
  })

  test('write-fight: the third is still made', () => {
    expect(refusalOf(aPlan({ cause: 'repair' }), { repairs: { ...repairs, count: 2 } })).toBe('allowed')
  })

  test.each(['override', 'rollback', 'probe', 'panic'] as const)('write-fight: nothing delays %s', (cause) => {
    expect(refusalOf(aPlan({ cause }), { repairs })).toBe('allowed')
  })

  test.each(['initial', 'signal', 'canary', 'hold', 'fail-static'] as const)('write-fight: %s waits', (cause) => {
    expect(refusalOf(aPlan({ cause }), { repairs })).toMatch(/^write-fight: /)
  })

  test('write-fight: while our last write stands there is none', () => {
    expect(refusalOf(aPlan({ cause: 'repair' }), { repairs, isOurs: true })).toBe('allowed')
  })

  test('write-fight: names every record, removed ones and new ones too', () => {
    const reason = { code: 'repair', sentence: 'restored' }
    const changes = [
      { before: aRecord('gone', 1), reason },
      { after: aRecord('new', 1, { type: 'AAAA' }), reason },
    ]
    expect(refusalOf(aPlan({ cause: 'repair', changes }), { repairs })).toContain(
      `keeps changing A sluice:${HOSTNAME}:gone:edge, AAAA sluice:${HOSTNAME}:new:edge; 3 repairs`,
    )
  })

  test('write-fight: is forgotten after an hour without repair, and not before', () => {
    expect(refusalOf(aPlan({ cause: 'repair' }), { repairs, nowSeconds: 900 + 3_600 })).toMatch(/^write-fight: /)
    expect(refusalOf(aPlan({ cause: 'repair' }), { repairs, nowSeconds: 900 + 3_601 })).toBe('allowed')
  })
})

describe('backstop', () => {
  test('backstop: a record without a health check is refused', () => {
    const plan = aPlan()
    const wanted = plan.wanted.map(({ healthCheckId: _gone, ...record }) => record)
    expect(refusalOf({ ...plan, wanted })).toMatch(/^backstop: .* has no health check/)
  })

  test('backstop: not even a rollback restores a record without a health check', () => {
    const wanted = aPlan().wanted.map(({ healthCheckId: _gone, ...record }) => record)
    expect(refusalOf(aPlan({ cause: 'rollback', wanted }))).toMatch(/^backstop: .* has no health check/)
  })

  test('backstop: an endpoint that is configured without a health check gets no record', () => {
    const bare = aProvider({ endpoints: [{ name: 'edge', address: { ipv4: '192.0.2.10' } }] })
    const wanted = aPlan().wanted.map(({ healthCheckId, ...record }) =>
      healthCheckId === 'hc-aws' ? record : { ...record, healthCheckId },
    )
    const providers = [bare, ...aConfiguration().providers.slice(1)]
    expect(refusalOf(aPlan({ wanted }), { providers })).toMatch(/^backstop: .*:aws:edge A has no health check/)
  })

  test('backstop: a record that names a health check which is not ours is refused', () => {
    const plan = aPlan()
    const wanted = plan.wanted.map((record) => ({ ...record, healthCheckId: 'hc-deleted' }))
    expect(refusalOf({ ...plan, wanted })).toMatch(/^backstop: .* names health check hc-deleted/)
    expect(refusalOf({ ...plan, wanted, cause: 'rollback' })).toBe('allowed')
  })

  test('backstop: what a pinned rollback brought back keeps the check it had then, and no other', () => {
    const members = aPlan().wanted.map((record) => ({ ...record, healthCheckId: `old-${record.healthCheckId}` }))
    const by = { author: 'me', reason: 'wrong', createdAt: 0, expiresAt: 2_000_000_000 }
    const overrides: Override[] = [{ kind: 'pin', hostname: HOSTNAME, shares: { aws: 1 }, generation: 1, isRollback: true, members, ...by }]
    expect(refusalOf(aPlan({ wanted: members }), { overrides })).toBe('allowed')
    expect(refusalOf(aPlan({ wanted: members }))).toMatch(/^backstop: .* names health check old-hc-aws/)
    const [first, second] = members
    if (first === undefined || second === undefined) throw new Error('two members')
    const swapped = [{ ...first, healthCheckId: second.healthCheckId }, second]
    expect(refusalOf(aPlan({ wanted: swapped }), { overrides })).toMatch(/^backstop: .* names health check old-hc-hetzner/)
  })

  test('backstop: a record that names the health check of another endpoint of ours is refused', () => {
    const wanted = [aRecord('aws', 1), aRecord('hetzner', 1, { healthCheckId: 'hc-aws' })]
    expect(refusalOf(aPlan({ wanted }))).toMatch(/^backstop: .*:hetzner:edge A names health check hc-aws, which is not its own/)
  })

  test('backstop: the endpoint of a version has a check of its own, and a record that no endpoint stands for has none', () => {
    const version = (healthCheckId: string, endpoint = 'v1') =>
      aRecord('hetzner', 1, { setIdentifier: `sluice:${HOSTNAME}:hetzner:${endpoint}:1.0.9`, healthCheckId })
    const of = { service: 'media', version: '1.0.9' }
    const endpoint = { name: 'v1', address: { ipv4: '198.51.100.21' }, healthCheckId: 'hc-hetzner-1.0.9', of }
    const hetzner = aProvider({ name: 'hetzner', rating: 300 })
    const providers = [aProvider(), { ...hetzner, endpoints: [...hetzner.endpoints, endpoint] }]
    const refusal = (record: WeightedRecord) => refusalOf(aPlan({ wanted: [aRecord('aws', 1), record] }), { providers })
    expect(refusal(version('hc-hetzner-1.0.9'))).toBe('allowed')
    expect(refusal(version('hc-hetzner'))).toMatch(/^backstop: .*:v1:1\.0\.9 A names health check hc-hetzner, which is not its own/)
    expect(refusal(version('hc-hetzner-1.0.9', 'gone'))).toMatch(/^backstop: .*:gone:1\.0\.9/)
  })
})

describe('zero means', () => {
  test('zero-means: weight 0 for a provider that was not decided to get nothing is refused', () => {
    const plan = aPlan({ evidence: { signalsRequired: 4, signalsMissing: 0, zero: [], mayServe: ['aws'] } })
    const wanted = plan.wanted.map((record) => ({ ...record, weight: record.healthCheckId === 'hc-aws' ? 5 : 0 }))
    expect(refusalOf({ ...plan, wanted })).toBe(
      `zero-means: sluice:${HOSTNAME}:hetzner:edge A: weight 0, but hetzner was not decided to get nothing`,
    )
  })

  test('zero-means: weight for a provider that was decided to get nothing is refused', () => {
    const plan = aPlan({ evidence: { signalsRequired: 4, signalsMissing: 0, zero: ['hetzner'], mayServe: ['aws'] } })
    expect(refusalOf(plan)).toBe(`zero-means: sluice:${HOSTNAME}:hetzner:edge A: weight 1, but hetzner was decided to get nothing`)
  })

  test('zero-means: a rollback restores the weights that were good, zeros among them', () => {
    const plan = aPlan({ cause: 'rollback', evidence: { signalsRequired: 0, signalsMissing: 0, zero: [], mayServe: ['aws'] } })
    const wanted = plan.wanted.map((record) => ({ ...record, weight: record.healthCheckId === 'hc-aws' ? 5 : 0 }))
    expect(refusalOf({ ...plan, wanted })).toBe('allowed')
  })
})
