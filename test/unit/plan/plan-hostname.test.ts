// The plan of a hostname: what changes, why, and under which fence.
import { describe, expect, test } from 'vitest'
import { aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { aRecord, observedRecords, planOf } from '#test/builders/records.ts'

describe('a plan', () => {
  test('changes the weights that differ and carries the sentence of the decision', () => {
    const plan = planOf()
    expect(plan.cause).toBe('signal')
    expect(plan.changes.map(({ before, after }) => [before?.weight, after?.weight])).toEqual([[1, 3]])
    expect(plan.changes[0]?.reason.sentence).toBe('A weight 1 → 3: aws 0.50 → 0.50')
  })

  test('is empty when the records are as decided', () => {
    const plan = planOf({ decision: aDecision({ aws: 0.5, hetzner: 0.5 }) })
    expect(plan.changes).toEqual([])
    expect(plan.reason.code).toBe('unchanged')
  })

  test('creates every record of a hostname that has none, and says initial', () => {
    const plan = planOf({ observed: { hostname: HOSTNAME, members: [], strangers: [], observedAt: 900 } })
    expect(plan.cause).toBe('initial')
    expect(plan.changes.every(({ before, after }) => before === undefined && after !== undefined)).toBe(true)
    expect(plan.fence).toEqual({ generation: 1, sequence: 1 })
  })

  test('restores a weight somebody edited by hand, and says so', () => {
    const plan = planOf({
      decision: aDecision({ aws: 0.5, hetzner: 0.5 }, { isChange: false }),
      observed: observedRecords({ members: [aRecord('aws', 200), aRecord('hetzner', 1)] }),
    })
    expect(plan.cause).toBe('repair')
    expect(plan.changes.map(({ reason }) => reason.sentence)).toEqual([
      `sluice:${HOSTNAME}:aws:edge A: weight 200 → 1, restored to what was decided`,
    ])
  })

  test('lowers a TTL that is not the configured one', () => {
    const members = [aRecord('aws', 1), aRecord('hetzner', 1)].map((record) => ({
      ...record,
      target: { kind: 'values' as const, values: ['192.0.2.10'], ttlSeconds: 3600 },
    }))
    const plan = planOf({ decision: aDecision({ aws: 0.5, hetzner: 0.5 }, { isChange: false }), observed: observedRecords({ members }) })
    expect(plan.changes[0]?.reason.sentence).toContain('192.0.2.10 TTL 3600 → 192.0.2.10 TTL 60')
  })

  test('removes a record of ours that the configuration no longer names', () => {
    const plan = planOf({ observed: observedRecords({ members: [aRecord('aws', 3), aRecord('hetzner', 1), aRecord('gone', 9)] }) })
    expect(plan.changes).toEqual([{ before: aRecord('gone', 9), reason: expect.objectContaining({ code: 'remove' }) }])
  })

  test('keeps a provider behind its red check at the return weight, whatever its share', () => {
    const plan = planOf({ decision: aDecision({ aws: 1, hetzner: { share: 0, role: 'withheld' } }) })
    expect(plan.wanted.map(({ weight }) => weight)).toEqual([49, 1])
  })

  test('gives weight 0 to a provider nothing withholds', () => {
    const plan = planOf({ decision: aDecision({ aws: 1, hetzner: { share: 0, role: 'none' } }) })
    expect(plan.wanted.map(({ weight }) => weight)).toEqual([1, 0])
  })

  test('spreads the share of a provider equally over its endpoints, and moves both address families together', () => {
    const endpoint = (name: string, last: number) => ({ name, address: { ipv4: `192.0.2.${last}`, ipv6: `2001:db8::${last}` } })
    const providers = [
      aProvider({ endpoints: [endpoint('one', 1), endpoint('two', 2)] }),
      aProvider({ name: 'hetzner', endpoints: [endpoint('edge', 3)] }),
    ]
    const plan = planOf({ providers, decision: aDecision({ aws: 0.5, hetzner: 0.5 }) })
    const weights = (type: string) => plan.wanted.filter((record) => record.type === type).map(({ weight }) => weight)
    expect(weights('A')).toEqual([1, 1, 2])
    expect(weights('AAAA')).toEqual([1, 1, 2])
  })

  test('raises the sequence of the fence that stands, and goes on from the last one written when the TXT was deleted', () => {
    expect(planOf().fence).toEqual({ generation: 1, sequence: 8 })
    const { fence: _gone, ...bare } = observedRecords()
    expect(planOf({ observed: bare, receipt: { fence: { generation: 4, sequence: 9 } } }).fence).toEqual({ generation: 4, sequence: 10 })
  })

  test('says how many required signals were missing', () => {
    expect(planOf({ decision: aDecision({ aws: 0.5, hetzner: 0.5 }, { signalsRequired: 3, signalsMissing: 2 }) }).evidence).toEqual({
      signalsRequired: 3,
      signalsMissing: 2,
      zero: [],
      mayServe: ['aws', 'hetzner'],
    })
  })
})
