// How the records that a rollback brought back part the shares of their providers, above all where they are of versions.
import { expect, test } from 'vitest'
import type { WeightedRecord } from '#model/record.ts'
import type { Split } from '#model/split.ts'
import { aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { aRecord, observedRecords, planOf } from '#test/builders/records.ts'

const of = (provider: string, version: string, weight: number): WeightedRecord =>
  aRecord(provider, weight, { setIdentifier: `sluice:${HOSTNAME}:${provider}:edge:${version}`, healthCheckId: `hc-${provider}-${version}` })

const MEMBERS = [of('aws', '1.0.8', 90), of('aws', '1.0.9', 10), of('hetzner', '1.0.8', 45), of('hetzner', '1.0.9', 5)]

const aSplit = (versionShares: Record<string, number>, changedAt: number): Split => ({
  hostname: HOSTNAME,
  generation: 1,
  versionShares,
  providerParts: {},
  cause: 'rollback',
  reason: { code: 'aborted', sentence: 'aborted' },
  changedAt,
})

const planned = (members: readonly WeightedRecord[], split?: Split, shares = { aws: 0.5, hetzner: 0.5 }) =>
  planOf({
    hostname: aHostname({ service: { name: 'media', stable: '1.1.0' } }),
    decision: aDecision(shares),
    observed: observedRecords({ members: [...members] }),
    restored: { members, since: 1_000 },
    split,
  })

const sharesOf = (members: readonly WeightedRecord[]) => {
  const total = members.reduce((sum, { weight }) => sum + weight, 0)
  return Object.fromEntries(members.map(({ setIdentifier, weight }) => [setIdentifier.split(':').slice(-3).join(' '), weight / total]))
}

test('versions keep the parts they had at each provider, whatever an older split says', () => {
  const shares = sharesOf(planned(MEMBERS, aSplit({ '1.1.0': 1 }, 900)).wanted)
  expect(shares['aws edge 1.0.8']).toBeCloseTo(0.45, 2)
  expect(shares['aws edge 1.0.9']).toBeCloseTo(0.05, 2)
  expect(shares['hetzner edge 1.0.8']).toBeCloseTo(0.45, 2)
})

test('a newer split counts: a version that it takes out goes, as when a canary is aborted', () => {
  const { wanted } = planned(MEMBERS, aSplit({ '1.0.8': 1 }, 1_100))
  expect(sharesOf(wanted)).toEqual({ 'aws edge 1.0.8': 0.5, 'hetzner edge 1.0.8': 0.5 })
})

test('a newer split that names none of the versions leaves them as they were', () => {
  expect(sharesOf(planned(MEMBERS, aSplit({ '1.1.0': 1 }, 1_100)).wanted)['aws edge 1.0.8']).toBeCloseTo(0.45, 2)
})

test('a provider that had nothing then parts its share as the others did, and a version without any stays the last resort', () => {
  const members = [of('aws', '1.0.8', 7), of('aws', '1.0.9', 0), of('hetzner', '1.0.8', 0), of('hetzner', '1.0.9', 0)]
  const { wanted, evidence } = planned(members)
  expect(wanted.map(({ weight }) => weight)).toEqual([1, 0, 1, 0])
  expect(evidence.zeroVersions).toEqual(['1.0.9'])
})

test('a provider that is gone from the configuration and had nothing is decided to have nothing', () => {
  const { wanted, evidence } = planned([aRecord('aws', 3), aRecord('hetzner', 1), aRecord('gone', 0)])
  expect(wanted.map(({ weight }) => weight)).toEqual([1, 1, 0])
  expect(evidence.zero).toEqual(['gone'])
})

test('the configuration counts where nobody of the plan may serve', () => {
  const members = [aRecord('aws', 1, { target: { kind: 'values', values: ['192.0.2.77'], ttlSeconds: 60 } })]
  const { wanted } = planOf({ decision: aDecision({ aws: 0, hetzner: 1 }), restored: { members, since: 1_000 } })
  expect(wanted.map(({ target }) => target.kind === 'values' && target.values[0])).toEqual(['192.0.2.10', '198.51.100.10'])
})
