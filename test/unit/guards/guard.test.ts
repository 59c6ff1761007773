// The guards together: their order, whom they bind, what a shrunk plan goes through, and the codes programs tell refusals apart by.
import { describe, expect, test } from 'vitest'
import { type Guard, type GuardContext, pass, refuse } from '#guards/guard.ts'
import { guard, guards } from '#guards/index.ts'
import type { Plan } from '#model/plan.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aGuardContext } from '#test/builders/guards.ts'
import { aPlan, aRecord, observedRecords } from '#test/builders/records.ts'

test('what may not be written at all is asked first; only missing signals let stronger causes pass', () => {
  expect(guards.map(({ name, binds }) => `${name} binds ${binds}`)).toEqual([
    'validated-numbers binds everything',
    'ownership binds everything',
    'fence binds everything',
    'atomic-name binds everything',
    'ttl binds everything',
    'backstop binds everything',
    'never-empty binds everything',
    'zero-means binds everything',
    'paused binds everything',
    'write-fight binds everything',
    'missing-data binds signal-driven',
  ])
})

test('a plan as it should be passes every guard unchanged', () => {
  const plan = aPlan()
  expect(guards.map(({ check }) => check(plan, aGuardContext()).kind)).toEqual(guards.map(() => 'pass'))
  expect(guard(plan, aGuardContext())).toEqual({ kind: 'allowed', plan, shrunk: [] })
})

describe('a guard that shrinks', () => {
  const half: Guard = {
    name: 'half',
    binds: 'everything',
    check: (plan) => ({
      kind: 'shrink',
      plan: { ...plan, changes: plan.changes.slice(0, 1) },
      reason: { code: 'half', sentence: 'one change is enough' },
    }),
  }
  const atMostOne: Guard = {
    name: 'at-most-one',
    binds: 'everything',
    check: ({ changes }) => (changes.length > 1 ? refuse('many', `${changes.length} changes`) : pass),
  }
  const twoChanges = () => aPlan({ changes: aPlan().wanted.map((after) => ({ after, reason: { code: 'x', sentence: 'x' } })) })

  test('hands the smaller plan on to the guards after it, and the reason to whoever asks', () => {
    const plan = twoChanges()
    expect(guard(plan, aGuardContext(), [half, atMostOne])).toEqual({
      kind: 'allowed',
      plan: { ...plan, changes: plan.changes.slice(0, 1) },
      shrunk: [{ guard: 'half', reason: { code: 'half', sentence: 'one change is enough' } }],
    })
  })

  test('does not help a plan that an earlier guard refused: the plan as it was made is shown', () => {
    const plan = twoChanges()
    expect(guard(plan, aGuardContext(), [atMostOne, half])).toEqual({
      kind: 'refused',
      plan,
      refusals: [{ guard: 'at-most-one', reason: { code: 'many', sentence: '2 changes' } }],
    })
  })
})

describe('the code of a refusal', () => {
  const withFence = (generation: number, sequence: number) =>
    aGuardContext({ observed: observedRecords({ fence: { generation, sequence, ttlSeconds: 60 } }) })
  const wantedEach = (change: Partial<Plan['wanted'][number]>, overrides: Partial<Plan> = {}) =>
    aPlan({ wanted: aPlan().wanted.map((record) => ({ ...record, ...change })), ...overrides })
  const ttls = (...seconds: number[]) =>
    aPlan({
      wanted: aPlan().wanted.map((r, i) => ({ ...r, target: { kind: 'values', values: ['192.0.2.1'], ttlSeconds: seconds[i] ?? 0 } })),
    })
  const created = (count: number, characters: number) => ({
    after: aRecord('aws', 1, {
      target: { kind: 'values', values: Array.from({ length: count }, () => 'x'.repeat(characters)), ttlSeconds: 60 },
    }),
    reason: { code: 'x', sentence: 'x' },
  })
  const many = Array.from({ length: 101 }, (_, i) =>
    aRecord(i % 2 === 0 ? 'aws' : 'hetzner', 1, { setIdentifier: `sluice:${HOSTNAME}:${i % 2 === 0 ? 'aws' : 'hetzner'}:e${i}` }),
  )
  const pause = { kind: 'pause' as const, hostname: HOSTNAME, author: 'me', reason: 'x', createdAt: 0, expiresAt: 9e9 }
  const stranger = { name: HOSTNAME, type: 'A', why: 'not a weighted record' }

  const cases: [code: string, broken: () => [Plan, GuardContext?]][] = [
    ['weight', () => [wantedEach({ weight: 256 })]],
    ['ttl', () => [ttls(0.5, 0.5)]],
    ['fence', () => [aPlan({ fence: { generation: 1, sequence: 0.5 } })]],
    ['stranger', () => [aPlan(), aGuardContext({ observed: observedRecords({ strangers: [stranger] }) })]],
    ['not-ours', () => [wantedEach({ name: 'other.example.com' })]],
    ['old-generation', () => [aPlan(), withFence(2, 1)]],
    ['old-sequence', () => [aPlan(), withFence(1, 8)]],
    ['partial', () => [aPlan({ wanted: [...aPlan().wanted, aRecord('aws', 1, { type: 'AAAA' })] })]],
    ['too-large', () => [aPlan({ changes: [created(999, 1)] })]],
    ['too-large', () => [aPlan({ changes: [created(1, 32_000)] })]],
    ['too-many', () => [aPlan({ wanted: many })]],
    ['mixed-ttl', () => [ttls(30, 60)]],
    ['ttl-bounds', () => [ttls(61, 61)]],
    ['no-backstop', () => [wantedEach({ healthCheckId: 'hc-deleted' })]],
    ['empty', () => [wantedEach({ weight: 0 })]],
    ['empty', () => [aPlan({ wanted: [] })]],
    ['zero', () => [aPlan({ evidence: { ...aPlan().evidence, zero: ['aws'] } })]],
    ['paused', () => [aPlan(), aGuardContext({ overrides: [pause] })]],
    ['write-fight', () => [aPlan({ cause: 'repair' }), aGuardContext({ repairs: { count: 3, lastAt: 1_000 } })]],
    ['blind', () => [aPlan({ evidence: { ...aPlan().evidence, signalsRequired: 4, signalsMissing: 3 } })]],
  ]
  test.each(cases)('%s', (code, broken) => {
    const [plan, context = aGuardContext()] = broken()
    expect(guard(plan, context)).toMatchObject({ kind: 'refused', refusals: [{ reason: { code } }] })
  })
})
