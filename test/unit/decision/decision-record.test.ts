// The record of a decision: what it says in one line, what each provider is shown with, and what is remembered.
import { describe, expect, test } from 'vitest'
import { aDrain, of, settle, steering } from '#test/builders/steering.ts'

const TWO = { aws: 500, hetzner: 300 }

describe('the headline of a decision', () => {
  test('is the sentence of the provider that lost most', () => {
    const set = steering(TWO)
    settle(set)
    const decision = set.tick({}, { overrides: [aDrain('hetzner', { author: 'me' })] })
    expect(decision.reason).toEqual({ code: 'drained', sentence: 'hetzner 0.38 → 0.00: is drained by me: maintenance' })
  })

  test('of the first tick says how shares begin, and what it waits for', () => {
    expect(steering(TWO).tick({ hetzner: { probe: 'unknown' } }).reason).toEqual({
      code: 'initial',
      sentence: 'the first write waits until every health check has been seen once',
    })
    expect(steering(TWO).tick().reason).toMatchObject({
      code: 'initial',
      sentence: expect.stringMatching(/^hetzner begins with 0\.38: rated at 300/),
    })
  })

  test('of a tick without change says why not', () => {
    const set = steering(TWO)
    settle(set)
    expect(set.tick().reason).toEqual({ code: 'unchanged', sentence: 'no change is worth a write' })
    const silent = { probe: 'unknown', capacity: 'missing', load: 'missing', errors: 'missing' } as const
    expect(set.tick({ aws: silent, hetzner: silent }).reason).toEqual({
      code: 'fail-static',
      sentence: 'more than half of the required signals are missing: the shares stay',
    })
    expect(set.tick({}, { overrides: [aDrain('aws'), aDrain('hetzner')] }).reason).toEqual({
      code: 'hold',
      sentence: 'nobody is better off elsewhere: the shares hold',
    })
  })
})

describe('the record of a provider', () => {
  test('shows the shares before and after, of those that serve without those withheld', () => {
    const set = steering({ aws: 400, gcp: 400, hetzner: 200 })
    settle(set)
    const decision = set.tick({ aws: { load: 100 }, gcp: { load: 100 }, hetzner: { probe: 'red', load: 0 } })
    expect(decision.providers.map(({ provider, role, shareBefore, share }) => ({ provider, role, shareBefore, share }))).toEqual([
      { provider: 'aws', role: 'serving', shareBefore: 0.4, share: expect.closeTo(0.5) },
      { provider: 'gcp', role: 'serving', shareBefore: 0.4, share: expect.closeTo(0.5) },
      { provider: 'hetzner', role: 'withheld', shareBefore: 0.2, share: 0 },
    ])
    expect(set.memory()?.set.shares).toEqual({ aws: expect.closeTo(0.49), gcp: expect.closeTo(0.49), hetzner: 0.02 })
  })

  test('shows the measured share, and none while a load is missing or nobody carries any', () => {
    const set = steering(TWO)
    settle(set)
    expect(set.tick({ aws: { load: 300 }, hetzner: { load: 100 } }).providers.map(({ measuredShare }) => measuredShare)).toEqual([
      0.75, 0.25,
    ])
    expect(set.tick({ aws: { load: 'missing' } }).providers.map(({ measuredShare }) => measuredShare)).toEqual([undefined, undefined])
    expect(set.tick({ aws: { load: 0 }, hetzner: { load: 0 } }).providers.map(({ measuredShare }) => measuredShare)).toEqual([
      undefined,
      undefined,
    ])
  })

  test('tells how full it will be from the demand, and the estimate before and after', () => {
    const set = steering(TWO)
    settle(set)
    const decision = set.tick({ aws: { capacity: 250, load: 200 }, hetzner: { load: 120 } })
    expect(of(decision, 'hetzner').reason.sentence).toMatch(/serves 120 requests\/s, estimate 300, at 0\.\d\d of its capacity/)
    expect(of(decision, 'aws').reason.sentence).toContain('estimate 500 → 250')
  })

  test('that failed and lost share remembers when', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({ aws: { load: 250 }, hetzner: { load: 112, errors: 16 } })
    expect(set.memory()?.providers.hetzner?.lastCutAt).toBe(set.now())
    expect(set.memory()?.providers.aws?.lastCutAt).toBeUndefined()
  })

  test('that fails and keeps its share remembers no cut', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({ aws: { load: 250 }, hetzner: { load: 112, errors: 16 } })
    const cutAt = set.now()
    const decision = set.tick({ aws: { load: 250 }, hetzner: { load: 112, errors: 16 } })
    expect(of(decision, 'hetzner')).toMatchObject({ condition: { kind: 'degraded' } })
    expect(decision.isChange).toBe(false)
    expect(set.memory()?.providers.hetzner?.lastCutAt).toBe(cutAt)
  })

  test('that lost share without failing remembers no cut', () => {
    const set = steering(TWO)
    settle(set)
    expect(set.tick({ aws: { capacity: 250 } }).isChange).toBe(true)
    expect(set.memory()?.providers.aws?.lastCutAt).toBeUndefined()
  })
})

describe('the record of a decision', () => {
  test('holds the time, the set, the demand and what it was made from', () => {
    const set = steering(TWO)
    settle(set)
    const decision = set.tick({ aws: { load: 300 }, hetzner: { load: 100 } })
    expect(decision).toMatchObject({ set: 'aws+hetzner', at: set.now(), demand: 400 })
    expect(decision.inputs.map(({ provider }) => provider)).toEqual(['aws', 'hetzner'])
  })

  test('holds no demand that nobody knows', () => {
    expect(steering(TWO).tick({ aws: { load: 'missing' } })).not.toHaveProperty('demand')
  })
})

describe('missing signals', () => {
  const silent = { capacity: 'missing', load: 'missing', errors: 'missing' } as const

  test('stop changes on signals when they are more than half of those required, and not before', () => {
    const set = steering(TWO)
    settle(set)
    const half = set.tick({ aws: { ...silent, probe: 'unknown' } })
    expect(half).toMatchObject({ cause: 'signal', notices: [] })
    const more = set.tick({ aws: { ...silent, probe: 'unknown' }, hetzner: { errors: 'missing' } })
    expect(more.cause).toBe('fail-static')
    expect(more.notices.map(({ sentence }) => sentence)).toEqual(['5 of 8 required signals are missing: no change is made on signals'])
  })
})

describe('the memory of a set', () => {
  test('says when it was last written and who was drained', () => {
    const set = steering(TWO)
    set.tick()
    const writtenAt = set.now()
    set.tick()
    expect(set.memory()?.set).toMatchObject({ set: 'aws+hetzner', lastWriteAt: writtenAt, drained: [] })
    set.tick({}, { overrides: [aDrain('hetzner')] })
    expect(set.memory()?.set).toMatchObject({ lastWriteAt: set.now(), drained: ['hetzner'] })
  })

  test('is empty until the first shares are decided', () => {
    const set = steering(TWO)
    set.tick({ hetzner: { probe: 'unknown' } })
    expect(set.memory()?.set).toEqual({ set: 'aws+hetzner', shares: {} })
  })

  test('keeps what signals took away, for the velocity', () => {
    const set = steering(TWO)
    settle(set)
    set.tick({ aws: { capacity: 250 } })
    expect(set.memory()?.set.removals).toEqual([{ at: set.now(), share: expect.closeTo(0.625 - 250 / 550) }])
  })
})
