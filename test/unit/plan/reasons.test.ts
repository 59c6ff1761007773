// Why a plan is made, why each record changes, under which fence, and what it was decided on.
import { describe, expect, test } from 'vitest'
import type { Decision } from '#model/decision.ts'
import { evidenceOf } from '#plan/evidence.ts'
import { planHostnames } from '#plan/plan-hostnames.ts'
import { aConfiguration, aHostname, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { aRecord, observedRecords, planOf } from '#test/builders/records.ts'

const EVEN = { aws: 0.5, hetzner: 0.5 }
const reasonsOf = (overrides: Parameters<typeof planOf>[0]) => planOf(overrides).changes.map(({ reason }) => reason)

describe('the reason of a change', () => {
  test('of a record that is new', () => {
    const observed = observedRecords({ members: [aRecord('aws', 1)] })
    expect(reasonsOf({ observed, decision: aDecision(EVEN) })).toEqual([
      { code: 'create', sentence: `sluice:${HOSTNAME}:hetzner:edge A: new, weight 1, answers 198.51.100.10 TTL 60` },
    ])
  })

  test('of a record that goes', () => {
    const observed = observedRecords({ members: [aRecord('aws', 1), aRecord('hetzner', 1), aRecord('gone', 1)] })
    expect(reasonsOf({ observed, decision: aDecision(EVEN) })).toEqual([
      { code: 'remove', sentence: `sluice:${HOSTNAME}:gone:edge A: removed, the configuration no longer names it` },
    ])
  })

  test('of a record that differs in everything, which nobody decided', () => {
    const { healthCheckId: _none, ...bare } = aRecord('aws', 9, { target: { kind: 'values', values: ['192.0.2.99'], ttlSeconds: 60 } })
    const observed = observedRecords({ members: [bare, aRecord('hetzner', 1, { healthCheckId: 'hc-other' })] })
    expect(reasonsOf({ observed, decision: aDecision(EVEN, { isChange: false }) })).toEqual([
      {
        code: 'repair',
        sentence: `sluice:${HOSTNAME}:aws:edge A: weight 9 → 1, 192.0.2.99 TTL 60 → 192.0.2.10 TTL 60, health check none → hc-aws, restored to what was decided`,
      },
      { code: 'repair', sentence: `sluice:${HOSTNAME}:hetzner:edge A: health check hc-other → hc-hetzner, restored to what was decided` },
    ])
  })

  test('of a record whose endpoint is configured without a health check any more', () => {
    const { providers } = aConfiguration()
    const bare = { ...aProvider(), endpoints: [{ name: 'edge', address: { ipv4: '192.0.2.10' } }] }
    const decision = aDecision(EVEN, { isChange: false })
    expect(reasonsOf({ providers: [bare, ...providers.slice(1)], decision }).map(({ sentence }) => sentence)).toEqual([
      `sluice:${HOSTNAME}:aws:edge A: health check hc-aws → none, restored to what was decided`,
    ])
  })

  test('of a weight is what was decided for its own provider', () => {
    const observed = observedRecords({ members: [aRecord('aws', 7), aRecord('hetzner', 9)] })
    const [aws, hetzner] = aDecision({ aws: 0.75, hetzner: 0.25 }).providers
    expect(reasonsOf({ observed })).toEqual([
      { code: 'capacity', sentence: `A weight 7 → 6: ${aws?.reason.sentence}` },
      { code: 'capacity', sentence: `A weight 9 → 2: ${hetzner?.reason.sentence}` },
    ])
  })
})

describe('the reason of a plan', () => {
  test('is the decision’s when shares change', () => {
    expect(planOf()).toMatchObject({ cause: 'signal', reason: { code: 'capacity', sentence: 'shares follow capacity' } })
  })

  test('is none when the records are as decided', () => {
    expect(planOf({ decision: aDecision(EVEN) }).reason).toEqual({ code: 'unchanged', sentence: 'the records are as decided' })
  })

  test('counts the records that are restored', () => {
    const observed = observedRecords({ members: [aRecord('aws', 9), aRecord('hetzner', 1)] })
    expect(planOf({ observed, decision: aDecision(EVEN, { isChange: false }) })).toMatchObject({
      cause: 'repair',
      reason: { code: 'repair', sentence: '1 of the records differed from what was decided and are restored' },
    })
  })

  test('of the first records is the decision’s', () => {
    const observed = observedRecords({ members: [] })
    expect(planOf({ observed, decision: aDecision(EVEN, { isChange: false }) })).toMatchObject({
      cause: 'initial',
      reason: { code: 'capacity' },
    })
  })
})

describe('the cause of the first records', () => {
  const observed = observedRecords({ members: [] })

  test('is the person’s who decided them', () => {
    expect(planOf({ observed, decision: aDecision(EVEN, { cause: 'override' }) }).cause).toBe('override')
  })

  test('is that they are the first where a person decided earlier, and where signals decide', () => {
    expect(planOf({ observed, decision: aDecision(EVEN, { cause: 'override', isChange: false }) }).cause).toBe('initial')
    expect(planOf({ observed, decision: aDecision(EVEN, { cause: 'signal' }) }).cause).toBe('initial')
  })
})

describe('the fence of a plan', () => {
  const { fence: _none, ...bare } = observedRecords()

  test('goes on from the later of the one that stands and the last one written', () => {
    expect(planOf({ receipt: { fence: { generation: 1, sequence: 9 } } }).fence).toEqual({ generation: 1, sequence: 10 })
    expect(planOf({ receipt: { fence: { generation: 1, sequence: 3 } } }).fence).toEqual({ generation: 1, sequence: 8 })
  })

  test('rises to the generation of whoever holds the shares, and never falls below what stands', () => {
    expect(planOf({ generation: 5 }).fence).toEqual({ generation: 5, sequence: 8 })
    const observed = observedRecords({ fence: { generation: 6, sequence: 7, ttlSeconds: 60 } })
    expect(planOf({ observed, generation: 5 }).fence).toEqual({ generation: 6, sequence: 8 })
  })

  test('keeps the TTL it has, and takes that of the hostname when it is new', () => {
    const hostname = aHostname({ ttlSeconds: 30 })
    expect(planOf({ hostname }).fenceTtlSeconds).toBe(60)
    expect(planOf({ hostname, observed: bare }).fenceTtlSeconds).toBe(30)
  })
})

describe('the evidence of a plan', () => {
  test('copies how many required signals the decision found missing, and counts nothing again', () => {
    expect(evidenceOf(aDecision({ aws: 1 }, { inputs: [], signalsRequired: 8, signalsMissing: 5 }))).toMatchObject({
      signalsRequired: 8,
      signalsMissing: 5,
    })
  })

  test('tells who may serve, and who was decided to get nothing', () => {
    const decision = aDecision({
      aws: 1,
      drained: { share: 0, role: 'none' },
      tier: { share: 0, role: 'serving' },
      down: { share: 0, role: 'withheld' },
    })
    expect(evidenceOf(decision)).toMatchObject({ mayServe: ['aws', 'tier'], zero: ['drained', 'tier'] })
  })
})

describe('the plans of a tick', () => {
  const records = new Map([[HOSTNAME, { observed: observedRecords() }]])
  const plansOf = (decisions: Decision[], known = records) =>
    planHostnames({ configuration: aConfiguration(), decisions, overrides: [], records: known }).map(({ hostname }) => hostname)

  test('are made for hostnames that were looked at and decided on', () => {
    expect(plansOf([aDecision({ aws: 1, hetzner: { share: 0, role: 'none' } })])).toEqual([HOSTNAME])
    expect(plansOf([aDecision(EVEN)], new Map())).toEqual([])
    expect(plansOf([])).toEqual([])
  })

  test('are not made before the first decision stands', () => {
    expect(plansOf([aDecision({ aws: 0, hetzner: 0 })])).toEqual([])
  })

  test('carry the generation of the pin and go on from the last receipt', () => {
    const receipt = {
      hostname: HOSTNAME,
      changeId: 'C1',
      fence: { generation: 2, sequence: 20 },
      submittedAt: 1,
      reason: { code: 'x', sentence: 'x' },
    }
    const pin = {
      kind: 'pin' as const,
      hostname: HOSTNAME,
      shares: EVEN,
      generation: 4,
      isRollback: false,
      author: 'me',
      reason: 'x',
      createdAt: 0,
      expiresAt: 9e9,
    }
    const [plan] = planHostnames({
      configuration: aConfiguration(),
      decisions: [aDecision({ aws: 0.75, hetzner: 0.25 })],
      overrides: [pin],
      records: new Map([[HOSTNAME, { observed: observedRecords(), receipt }]]),
    })
    expect(plan?.fence).toEqual({ generation: 4, sequence: 21 })
  })
})
