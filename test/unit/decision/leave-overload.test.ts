// Where the overload goes that nobody has room for.
import { describe, expect, test } from 'vitest'
import { holdInService, leaveOverload } from '#decision/leave-overload.ts'
import { aMember } from '#test/builders/members.ts'

type Overrides = NonNullable<Parameters<typeof aMember>[0]>

const of = (name: string, capacity: number, standing: number, overrides: Overrides = {}) => ({
  ...aMember({ ...overrides, name, standing }),
  capacity,
})
const waiting = (name: string, standing: number) => of(name, 100, standing, { memory: { isDown: true, redSince: 1 } })
const free = { capacity: 1, min: 0, max: 1 }

const left = (
  members: ReturnType<typeof of>[],
  demand: number,
  { shares, takers }: { shares?: number[]; takers?: (typeof free)[] } = {},
) => {
  const total = members.reduce((sum, { capacity }) => sum + capacity, 0)
  const even = members.map(({ capacity }) => capacity / total)
  const answer = leaveOverload(members, takers ?? members.map(() => free), shares ?? even, demand)
  return answer?.map((share) => Math.round(1_000 * share) / 1_000)
}

describe('overload that nobody has room for', () => {
  test('stays at the one that has it: the others are filled to their capacity', () => {
    // 150 requests/s for 100: b is filled up to its 60, and the 50 too many stay at a.
    expect(left([of('a', 40, 0.7), of('b', 60, 0.3)], 150)).toEqual([0.6, 0.4])
  })

  test('takes nothing from one that has more than its capacity but what others have room for', () => {
    expect(left([of('a', 40, 0.6), of('b', 60, 0.4)], 150)).toEqual([0.6, 0.4])
  })

  test('stays where it is in proportion to what each has too much', () => {
    // a has 60 too many, b 20, and c has room for 40 of them.
    expect(left([of('a', 40, 0.5), of('b', 40, 0.3), of('c', 80, 0.2)], 200)).toEqual([0.35, 0.25, 0.4])
  })

  test('leaves what waits behind a red check alone, and shares the rest among those in service', () => {
    expect(left([of('a', 40, 0.56), of('b', 60, 0.24), waiting('c', 0.2)], 150, { shares: [0.32, 0.48, 0.2] })).toEqual([0.48, 0.32, 0.2])
  })

  test('keeps to the bounds of policy, and to what a silent provider keeps', () => {
    const takers = [free, { ...free, min: 0.2, max: 0.2 }]
    expect(left([of('a', 40, 0.7), of('b', 60, 0.3)], 150, { takers })).toEqual([0.8, 0.2])
  })

  test('is none while those in service have room, also when what waits would be needed for it', () => {
    expect(left([of('a', 40, 0.7), of('b', 60, 0.3)], 100)).toBeUndefined()
    expect(left([of('a', 40, 0.7), waiting('b', 0.3)], 41)).toBeDefined()
  })

  test('has no place to stay where nothing stands', () => {
    expect(left([of('a', 40, 0), of('b', 60, 0)], 150)).toBeUndefined()
  })
})

describe('where everybody in service fails', () => {
  test('the shares hold beside what waits behind a red check, whatever that takes', () => {
    const shares = holdInService([of('a', 40, 0.6), of('b', 60, 0.3), waiting('c', 0.1)], [0.2, 0.5, 0.3])
    expect(shares.map((share) => Math.round(1_000 * share) / 1_000)).toEqual([0.467, 0.233, 0.3])
  })

  test('one that is red and not yet down holds as well', () => {
    const shares = holdInService([of('a', 40, 0.6), of('b', 60, 0.4, { memory: { redSince: 1 } })], [0.9, 0.1])
    expect(shares).toEqual([0.6, 0.4])
  })

  test('the wanted shares remain where nothing stands', () => {
    expect(holdInService([of('a', 40, 0), waiting('b', 0.1)], [0.7, 0.3])).toEqual([0.7, 0.3])
  })
})
