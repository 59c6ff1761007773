// Who fails is relieved while others do not: what counts as relief, and where there is none to give.
import { describe, expect, test } from 'vitest'
import type { Member } from '#decision/member.ts'
import { targetShares } from '#decision/target-shares.ts'
import { Policy } from '#model/policy.ts'
import { aMember } from '#test/builders/members.ts'

type Overrides = NonNullable<Parameters<typeof aMember>[0]>
const policy = Policy.parse({})
const of = (name: string, reports: number, overrides: Overrides = {}) =>
  aMember({ ...overrides, name, memory: { capacity: { value: reports, residuals: [] }, nominal: reports, ...overrides.memory } })
const failing = (name: string, reports: number, softLimit: number, overrides: Overrides = {}) =>
  of(name, reports, { ...overrides, memory: { isBad: true, softLimit, ...overrides.memory } })

function target(members: readonly Member[], demand: number, isPanic = false) {
  return targetShares({ members, demand, isPanic }, [], { set: 'x', shares: {} }, policy)
}
const shares = (...args: Parameters<typeof target>) => target(...args)?.shares.map((share) => Math.round(1_000 * share) / 1_000)

describe('a provider is called relieved', () => {
  test('when it fails and gets less than its capacity asks for', () => {
    expect(target([failing('a', 100, 20), of('b', 300)], 100)?.isRelieved).toBe(true)
  })

  test('not when it fails and gets all that its capacity asks for', () => {
    expect(target([failing('a', 100, 99), of('b', 300)], 100)?.isRelieved).toBe(false)
  })

  test('not when nobody fails, though one gets less than its bounds ask for', () => {
    expect(target([of('a', 100), of('b', 300)], 100)?.isRelieved).toBe(false)
    const bounded = of('a', 100, { bounds: { minShare: 0.5, maxShare: 1 } })
    expect(target([bounded, of('b', 900)], 500)?.isRelieved).toBe(false)
  })
})

describe('there is nothing to relieve', () => {
  test('when nobody asks for anything', () => {
    expect(shares([failing('a', 100, 0), of('b', 300)], 0)).toEqual([0.25, 0.75])
  })

  test('when the one that fails is a tier that is closed', () => {
    const closed = failing('b', 100, 0, { bounds: { minShare: 0, maxShare: 0 } })
    expect(shares([of('a', 100), closed], 80)).toEqual([1, 0])
  })

  test('when nobody fails: what is too much for everybody is then spread by capacity', () => {
    expect(shares([of('a', 100, { standing: 0.9 }), of('b', 100, { standing: 0.1 })], 250)).toEqual([0.5, 0.5])
  })

  test('when everybody fails, and the checks are doubted', () => {
    const both = [failing('a', 100, 0, { standing: 0.9 }), failing('b', 100, 0, { standing: 0.1 })]
    expect(shares(both, 250, true)).toEqual([0.5, 0.5])
  })
})
