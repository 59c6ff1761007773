// How far signals may move shares at once, number by number.
import { expect, test } from 'vitest'
import { velocity } from '#decision/velocity.ts'
import type { SetMemory } from '#model/memory.ts'
import { Policy } from '#model/policy.ts'

const { guards } = Policy.parse({ guards: { maxRemoval: 0.5, maxGrowth: 0.25 } })
const NOW = 1_000

function bound(standing: number[], wanted: number[], removals: SetMemory['removals'] = undefined, isRelief = true) {
  const set: SetMemory = { set: 'aws+hetzner', shares: {}, ...(removals === undefined ? {} : { removals }) }
  return velocity({ standing, wanted, isRelief, set, guards, deadSeconds: 300, nowSeconds: NOW })
}

test('velocity: what stays inside the bounds is made whole, and what it took away is remembered', () => {
  expect(bound([0.5, 0.5], [0.25, 0.75])).toEqual({ shares: [0.25, 0.75], removals: [{ at: NOW, share: 0.25 }], part: 1 })
})

test('velocity: as much as may be taken away is not shortened, and more is shortened to it', () => {
  expect(bound([0.75, 0.25], [0.25, 0.75])).toMatchObject({ shares: [0.25, 0.75], part: 1 })
  const { shares, removals, part } = bound([1, 0], [0, 1])
  expect({ shares, removals, part }).toEqual({ shares: [0.5, 0.5], removals: [{ at: NOW, share: 0.5 }], part: 0.5 })
})

test('velocity: what was taken away within a dead time counts, and no longer', () => {
  const standing = [0.5, 0.5]
  expect(bound(standing, [0, 1], [{ at: NOW - 299, share: 0.25 }])).toMatchObject({
    shares: [0.25, 0.75],
    removals: [
      { at: NOW - 299, share: 0.25 },
      { at: NOW, share: 0.25 },
    ],
  })
  expect(bound(standing, [0, 1], [{ at: NOW - 300, share: 0.25 }])).toMatchObject({ shares: [0, 1], removals: [{ at: NOW, share: 0.5 }] })
})

test('velocity: when all that may be taken away is used up, nothing moves and nothing is remembered', () => {
  const used = [{ at: NOW - 10, share: 0.75 }]
  expect(bound([0.5, 0.5], [0, 1], used)).toEqual({ shares: [0.5, 0.5], removals: used, part: 0 })
})

test('velocity: growth is bound in a correction and not in a relief', () => {
  expect(bound([0.25, 0.75], [0.5, 0.5], undefined, false)).toMatchObject({ shares: [0.5, 0.5], part: 1 })
  expect(bound([0.25, 0.75], [0.75, 0.25], undefined, false)).toMatchObject({ shares: [0.5, 0.5], part: 0.5 })
  expect(bound([0.25, 0.75], [0.75, 0.25])).toMatchObject({ shares: [0.75, 0.25], part: 1 })
})

test('velocity: shares that stay take nothing away', () => {
  expect(bound([0.5, 0.5], [0.5, 0.5])).toEqual({ shares: [0.5, 0.5], removals: [], part: 1 })
})
