// Of what a provider reports, what failures taught and what its utilisation says: the least, but no less than a return proves.
import { describe, expect, test } from 'vitest'
import { emptyMemory } from '#decision/advance-window.ts'
import { effectiveCapacity, reportedCapacity } from '#decision/estimate.ts'
import { Policy } from '#model/policy.ts'
import { aProviderMemory } from '#test/builders/members.ts'
import { aFilterOf } from '#test/builders/windows.ts'

const { estimator } = Policy.parse({})
const effective = (memory: Parameters<typeof aProviderMemory>[0]) =>
  effectiveCapacity({ memory: aProviderMemory(memory), rating: 150 }, estimator)

test('the reported capacity is the rating until something was reported', () => {
  expect(reportedCapacity({ memory: emptyMemory('aws', 100), rating: 150 })).toBe(150)
  expect(reportedCapacity({ memory: aProviderMemory(), rating: 150 })).toBe(100)
})

describe('the effective capacity', () => {
  test.each([
    ['what is reported', {}, 100],
    ['the limit, where that is less', { limit: 70, goodput: aFilterOf(80) }, 70],
    ['what goodput and utilisation say, where that is less', { limit: 70, goodput: aFilterOf(60) }, 60],
    ['what a return begins with, for one that is down', { isDown: true, nominal: 200, limit: 50 }, 4],
  ])('is %s', (_name, memory, expected) => expect(effective(memory)).toBe(expected))

  test('of a return that fails nothing is at least the load it carries, though it reports less while it warms up', () => {
    const warming = { isRamping: true, capacity: aFilterOf(30), load: aFilterOf(40) }
    expect(effective(warming)).toBe(40)
    expect(effective({ ...warming, limit: 35 })).toBe(35)
    expect(effective({ ...warming, load: aFilterOf(20) })).toBe(30)
    expect(effective({ ...warming, isBad: true })).toBe(30)
    expect(effective({ ...warming, isRamping: false })).toBe(30)
  })

  test('of a return whose load nobody knows is what it reports', () => {
    const { load: _unknown, ...memory } = aProviderMemory({ isRamping: true })
    expect(effectiveCapacity({ memory, rating: 150 }, estimator)).toBe(100)
  })
})
