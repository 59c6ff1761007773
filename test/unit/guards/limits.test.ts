// What a guard lets through at the very edge of what it refuses, and what has no such edge: aliases, and providers of other hostnames.
import { describe, expect, test } from 'vitest'
import type { RecordChange } from '#model/plan.ts'
import type { WeightedRecord } from '#model/record.ts'
import { aConfiguration, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { refusalOf } from '#test/builders/guards.ts'
import { aPlan, aRecord } from '#test/builders/records.ts'

const REASON = { code: 'test', sentence: 'test' }
const values = (all: string[], ttlSeconds = 60): Pick<WeightedRecord, 'target'> => ({ target: { kind: 'values', values: all, ttlSeconds } })
const alias: Pick<WeightedRecord, 'target'> = {
  target: { kind: 'alias', alias: { dnsName: 'lb.example.net', hostedZoneId: 'Z1', evaluateTargetHealth: false } },
}
/** A change that creates a record with these values. */
const created = (all: string[]): RecordChange => ({ after: aRecord('aws', 1, values(all)), reason: REASON })

describe('quotas of one batch', () => {
  test('1000 elements fit: 998 values and the fence deleted and created', () => {
    const ofLength = (length: number) => aPlan({ changes: [created(Array.from({ length }, (_, i) => `${i}`))] })
    expect(refusalOf(ofLength(998))).toBe('allowed')
    expect(refusalOf(ofLength(999))).toBe(`atomic-name: ${HOSTNAME}: 1001 elements in one batch, 1000 are allowed`)
  })

  test('32000 characters fit: the values, and 80 set aside for the fence', () => {
    const ofLength = (length: number) => aPlan({ changes: [created(['x'.repeat(length)])] })
    expect(refusalOf(ofLength(31_920))).toBe('allowed')
    expect(refusalOf(ofLength(31_921))).toBe(`atomic-name: ${HOSTNAME}: 32001 characters in one batch, 32000 are allowed`)
  })

  test('100 weighted records fit in each type of the name', () => {
    const endpoints = (type: 'A' | 'AAAA', provider: string) =>
      Array.from({ length: 50 }, (_, i) => aRecord(provider, 1, { type, setIdentifier: `sluice:${HOSTNAME}:${provider}:e${i}` }))
    const both = (['A', 'AAAA'] as const).flatMap((type) => [...endpoints(type, 'aws'), ...endpoints(type, 'hetzner')])
    const providers = ['aws', 'hetzner'].map((name) =>
      aProvider({
        name,
        endpoints: Array.from({ length: 50 }, (_, i) => ({ name: `e${i}`, address: { ipv4: '192.0.2.10' }, healthCheckId: `hc-${name}` })),
      }),
    )
    expect(refusalOf(aPlan({ wanted: both }), { providers })).toBe('allowed')
  })
})

describe('types of a name', () => {
  test('a CNAME may stand alone', () => {
    const cname = { type: 'CNAME' as const, ...values(['lb.example.net']) }
    expect(refusalOf(aPlan({ wanted: [aRecord('aws', 1, cname), aRecord('hetzner', 1, cname)], changes: [] }))).toBe('allowed')
  })

  test('everything a CNAME stands beside is named', () => {
    const wanted = (['A', 'CNAME', 'AAAA'] as const).map((type) => aRecord('aws', 1, { type }))
    expect(refusalOf(aPlan({ wanted }))).toBe(`atomic-name: ${HOSTNAME}: CNAME cannot stand beside A and AAAA`)
  })

  test('a provider that serves other hostnames only lacks nothing here', () => {
    const { providers } = aConfiguration()
    expect(refusalOf(aPlan(), { providers: [...providers, aProvider({ name: 'elsewhere' })] })).toBe('allowed')
  })
})

test('aliases have neither TTL nor values: they stand beside records that have, and count nothing in a batch', () => {
  const plan = aPlan({}, { shares: { aws: 0.75, hetzner: 0.25 } })
  const wanted = plan.wanted.map((record, i) => (i === 0 ? { ...record, ...alias } : record))
  const changes = wanted.map((after): RecordChange => ({ after, reason: REASON }))
  expect(refusalOf({ ...plan, wanted, changes })).toBe('allowed')
})

test('255 is a weight', () => {
  expect(refusalOf(aPlan({ wanted: [aRecord('aws', 255), aRecord('hetzner', 255)] }))).toBe('allowed')
})
