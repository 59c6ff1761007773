// A changed TTL is told once, whoever has it; a changed weight is none.
import { expect, it } from 'vitest'
import { ttlChanges } from '#local/world/ttl-changes.ts'
import { aRecord } from '#test/builders/records.ts'

const withTtl = (provider: string, ttlSeconds: number, weight = 1) => ({
  ...aRecord(provider, weight),
  target: { kind: 'values' as const, values: ['192.0.2.10'], ttlSeconds },
})

it('tells a TTL that all records share once', () => {
  const changes = ['aws', 'hetzner'].map((provider) => ({ before: withTtl(provider, 600), after: withTtl(provider, 60) }))
  expect(ttlChanges(changes)).toEqual(['TTL 600 → 60'])
})

it('tells nothing of a weight, of a new record or of one that went', () => {
  expect(
    ttlChanges([
      { before: withTtl('aws', 60, 1), after: withTtl('aws', 60, 3) },
      { after: withTtl('hetzner', 60) },
      { before: withTtl('gone', 600) },
    ]),
  ).toEqual([])
})
