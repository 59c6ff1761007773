// A provider that says too little keeps the share that stands: beside whom, for how long, and what the others get then.
import { describe, expect, test } from 'vitest'
import type { Member } from '#decision/member.ts'
import { targetShares } from '#decision/target-shares.ts'
import type { SetMemory } from '#model/memory.ts'
import { Policy } from '#model/policy.ts'
import { aMember } from '#test/builders/members.ts'

type Overrides = NonNullable<Parameters<typeof aMember>[0]>
const policy = Policy.parse({})
const lower = { minShare: 0, maxShare: 0 }
const of = (name: string, reports: number, overrides: Overrides = {}) =>
  aMember({ ...overrides, name, memory: { capacity: { value: reports, residuals: [] }, nominal: reports, ...overrides.memory } })
const silent = (name: string, reports: number, standing: number, overrides: Overrides = {}) =>
  of(name, reports, { standing, ...overrides, reading: { missing: ['load'], ...overrides.reading } })
const unseen = { reading: { probe: { state: 'unknown', since: 0 } } } as const

function shares(members: readonly Member[], { demand = 80, bias = {} }: { demand?: number; bias?: SetMemory['bias'] } = {}) {
  const set = { set: 'x', shares: {}, bias }
  const target = targetShares({ members, demand, isPanic: false }, [], set, policy)
  return target?.shares.map((share) => Math.round(1_000 * share) / 1_000)
}

describe('a kept share', () => {
  test('is kept as it stands, although a bias is known: the others lean against theirs among themselves', () => {
    const members = [of('a', 300), silent('b', 100, 0.4), of('c', 300)]
    expect(shares(members)).toEqual([0.3, 0.4, 0.3])
    expect(shares(members, { bias: { a: 1.5, b: 1.5 } })).toEqual([0.24, 0.4, 0.36])
  })

  test('of everything leaves nothing to the others', () => {
    expect(shares([silent('a', 300, 1), of('b', 100)])).toEqual([1, 0])
  })

  test('is kept where nobody has any capacity and nobody asks for any', () => {
    expect(shares([silent('a', 0, 0.4), silent('b', 0, 0.6)], { demand: 0 })).toEqual([0.4, 0.6])
  })

  test('of nothing is given up where no other may serve: traffic is not left over', () => {
    const down = of('a', 100, { memory: { isDown: true, redSince: 1 } })
    expect(shares([down, silent('b', 100, 0, unseen)])).toEqual([0.02, 0.98])
  })

  test('is given up where another would be overloaded for it, and then leans like the others', () => {
    expect(shares([of('a', 100), silent('b', 300, 0.1)], { demand: 100, bias: { b: 1.5 } })).toEqual([0.333, 0.667])
  })
})

describe('a share of nothing', () => {
  test('is kept until the check has been seen green', () => {
    expect(shares([of('a', 300), silent('b', 100, 0, unseen)])).toEqual([1, 0])
    expect(shares([of('a', 300), silent('b', 100, 0)])).toEqual([0.75, 0.25])
  })

  test('that comes back is made room for by those that keep theirs', () => {
    expect(shares([silent('a', 300, 1), silent('b', 100, 0)])).toEqual([0.75, 0.25])
    expect(shares([silent('a', 200, 0.4), silent('b', 100, 0), of('c', 100)])).toEqual([0.3, 0.35, 0.35])
  })

  test('is no return of a lower tier, and takes no room from anybody', () => {
    expect(shares([of('a', 300), silent('b', 100, 0.4), silent('c', 100, 0, { bounds: lower })])).toEqual([0.6, 0.4, 0])
  })
})

describe('a lower tier', () => {
  test('without any capacity disturbs nobody', () => {
    expect(shares([of('a', 100), of('b', 0, { bounds: lower })], { demand: 105 })).toEqual([1, 0])
  })
})
