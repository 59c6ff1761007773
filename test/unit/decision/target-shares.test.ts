// The shares that capacity, failures, bounds, ceiling and tiers ask for.
import { describe, expect, test } from 'vitest'
import type { Member } from '#decision/member.ts'
import { targetShares } from '#decision/target-shares.ts'
import type { SetMemory } from '#model/memory.ts'
import { Policy } from '#model/policy.ts'
import { aMember } from '#test/builders/members.ts'
import { aDrain } from '#test/builders/steering.ts'

type Overrides = NonNullable<Parameters<typeof aMember>[0]>
const policy = Policy.parse({})
const aSet = (overrides: Partial<SetMemory> = {}): SetMemory => ({ set: 'x', shares: { a: 0.5, b: 0.5 }, ...overrides })
const capacity = (value: number) => ({ value, residuals: [] })
/** A member that reports this capacity. */
const of = (name: string, reports: number, overrides: Overrides = {}) =>
  aMember({ ...overrides, name, memory: { capacity: capacity(reports), nominal: reports, ...overrides.memory } })
const red = (name: string, reports: number, overrides: Overrides = {}) =>
  of(name, reports, { ...overrides, memory: { isDown: true, redSince: 1, ...overrides.memory } })

const target = (
  members: readonly Member[],
  { demand = 100, isPanic = false, offered = [] as number[], set = aSet(), isFirst = false, unknownDemand = false } = {},
) => targetShares({ members, demand: unknownDemand ? undefined : demand, isPanic }, offered, isFirst ? undefined : set, policy)
const shares = (...args: Parameters<typeof target>) => target(...args)?.shares.map((share) => Math.round(1_000 * share) / 1_000)

describe('shares', () => {
  test('follow capacity and what was offered', () => {
    expect(shares([of('a', 300), of('b', 100)])).toEqual([0.75, 0.25])
    expect(target([of('a', 300), of('b', 100)], { offered: [0, 50] })?.capacities).toEqual([300, 150])
  })

  test('follow the ratings before the first decision', () => {
    expect(shares([of('a', 300, { rating: 100 }), of('b', 100, { rating: 100 })], { isFirst: true })).toEqual([0.5, 0.5])
  })

  test('are none when nobody may serve, or nobody can', () => {
    expect(target([red('a', 100), of('b', 100, { drain: aDrain('b') })])).toBeUndefined()
    expect(target([of('a', 0), of('b', 0)])).toBeUndefined()
  })

  test('give nothing to one that is drained, or down behind a green check', () => {
    expect(shares([of('a', 100), of('b', 100, { drain: aDrain('b') })])).toEqual([1, 0])
    expect(shares([of('a', 100), of('b', 100, { memory: { isDown: true } })])).toEqual([1, 0])
    expect(shares([of('a', 100), red('b', 100, { drain: aDrain('b') })])).toEqual([1, 0])
  })

  test('keep the return weight of each one that its red check withholds', () => {
    expect(shares([of('a', 100), red('b', 100)])).toEqual([0.98, 0.02])
    expect(shares([of('a', 100), red('b', 100), red('c', 100)])).toEqual([0.96, 0.02, 0.02])
  })

  test('wait behind the red check for one to which load was offered, but not in the first decision', () => {
    expect(shares([of('a', 88), red('b', 100)], { offered: [0, 10] })).toEqual([0.88, 0.12])
    expect(shares([of('a', 88), red('b', 100)], { offered: [0, 10], isFirst: true })).toEqual([0.98, 0.02])
  })

  test('follow nominal capacity where the checks are doubted, but for drained ones', () => {
    expect(shares([of('a', 100), red('b', 300)], { isPanic: true, demand: 10 })).toEqual([0.25, 0.75])
    expect(shares([of('a', 100), red('b', 300, { drain: aDrain('b') })], { isPanic: true })).toEqual([1, 0])
  })

  test('lean against a bias that was learned', () => {
    expect(shares([of('a', 100), of('b', 100)], { set: aSet({ bias: { a: 1.5 } }) })).toEqual([0.4, 0.6])
  })
})

describe('a provider that says too little', () => {
  const silent = (name: string, reports: number, overrides: Overrides = {}) =>
    of(name, reports, { ...overrides, reading: { missing: ['load'] } })

  test('keeps the share that stands', () => {
    expect(shares([of('a', 300), silent('b', 100, { standing: 0.4 })])).toEqual([0.6, 0.4])
  })

  test('keeps it beside one that is withheld', () => {
    expect(shares([of('a', 300), silent('b', 100, { standing: 0.49 }), red('c', 100)])).toEqual([0.49, 0.49, 0.02])
  })

  test('keeps none that never stood', () => {
    expect(shares([of('a', 300), { ...silent('b', 100), standing: undefined }])).toEqual([0.75, 0.25])
  })

  test('keeps nothing that would overload another: up to the ceiling, not beyond', () => {
    expect(shares([of('a', 100), silent('b', 300, { standing: 0.15 })], { demand: 100 })).toEqual([0.85, 0.15])
    expect(shares([of('a', 100), silent('b', 300, { standing: 0.14 })], { demand: 100 })?.[1]).toBeGreaterThan(0.14)
  })

  test('leaves no traffic over', () => {
    const kept = shares([silent('a', 300, { standing: 0.3 }), silent('b', 100, { standing: 0.3 })])
    expect(kept?.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1)
  })
})

describe('those that fail', () => {
  const failing = (name: string, reports: number, softLimit: number, overrides: Overrides = {}) =>
    of(name, reports, { ...overrides, memory: { isBad: true, softLimit, ...overrides.memory } })

  test('get what they can take at most, so that the backlog drains, as far as the others have room', () => {
    expect(shares([failing('a', 100, 20), of('b', 300)], { demand: 100 })).toEqual([0.2, 0.8])
  })

  test('get what the others, filled to 95 %, cannot take', () => {
    expect(shares([failing('a', 100, 0), of('b', 100)], { demand: 140 })?.[0]).toBeCloseTo(1 - 95 / 140, 3)
  })

  test('get a tenth of their share at least', () => {
    expect(shares([failing('a', 100, 0), of('b', 300)], { demand: 100 })?.[0]).toBeCloseTo(0.025, 3)
  })

  test('never get more than their share', () => {
    expect(shares([failing('a', 100, 99), of('b', 300)], { demand: 100 })?.[0]).toBeCloseTo(0.25, 3)
  })

  test('keep what nobody has room for, and the others are filled', () => {
    expect(shares([failing('a', 40, 0, { standing: 0.7 }), of('b', 60, { standing: 0.3 })], { demand: 150 })).toEqual([0.6, 0.4])
  })

  test('share what the group of them gets', () => {
    expect(shares([failing('a', 100, 10), failing('b', 100, 10), of('c', 400)], { demand: 100 })).toEqual([0.1, 0.1, 0.8])
  })

  test('are not relieved by one that is red: nobody else is in service, so the shares hold', () => {
    expect(shares([failing('a', 100, 0), of('b', 300, { memory: { redSince: 1 } })], { demand: 100 })).toEqual([0.5, 0.5])
  })

  test('are not relieved while the demand is unknown', () => {
    expect(shares([failing('a', 100, 20), of('b', 300)], { unknownDemand: true })).toEqual([0.25, 0.75])
  })

  test('hold their shares when all in service fail, but not in a panic', () => {
    const both = [failing('a', 100, 20), failing('b', 100, 20)]
    expect(target(both)).toMatchObject({ isHeld: true, shares: [0.5, 0.5] })
    expect(target(both, { isPanic: true })?.isHeld).toBe(false)
    expect(target([failing('a', 100, 20), of('b', 100)])?.isHeld).toBe(false)
    expect(target([failing('a', 100, 20), of('b', 100, { memory: { redSince: 1 } })])?.isHeld).toBe(true)
    expect(target([of('b', 100, { memory: { redSince: 1 } })])?.isHeld).toBe(false)
    const outage = [failing('a', 100, 20, { standing: 0.9 }), red('b', 100, { standing: 0.1 })]
    expect(target(outage, { demand: 200, offered: [0, 60] })).toMatchObject({ isHeld: true })
    expect(shares(outage, { demand: 200, offered: [0, 60] })?.[1]).toBeCloseTo(62 / 162, 2)
  })
})

describe('a lower tier', () => {
  const lower = (name: string, reports: number) => of(name, reports, { bounds: { minShare: 0, maxShare: 0 } })

  test('takes what is above the ceiling of those above it, in proportion to capacity', () => {
    const open = target([of('a', 100), lower('b', 100), lower('c', 300)], { demand: 105 })
    expect(open?.shares[0]).toBeCloseTo(85 / 105)
    expect(open?.shares[2]).toBeCloseTo((3 * (20 / 105)) / 4)
  })

  test('stays closed while those above it have room', () => {
    expect(target([of('a', 100), lower('b', 100)], { demand: 80 })).toMatchObject({ shares: [1, 0] })
  })
})

test('bounds on a share are kept', () => {
  expect(shares([of('a', 300, { bounds: { minShare: 0, maxShare: 0.6 } }), of('b', 100)])).toEqual([0.6, 0.4])
  expect(shares([of('a', 300), of('b', 100, { bounds: { minShare: 0.3, maxShare: 1 } })])).toEqual([0.7, 0.3])
})
