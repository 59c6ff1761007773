// Load that fails where it is, offered to those that show no failures.
import { describe, expect, test } from 'vitest'
import type { Member } from '#decision/member.ts'
import { offers } from '#decision/offers.ts'
import { Policy } from '#model/policy.ts'
import { aMember } from '#test/builders/members.ts'
import { aDrain } from '#test/builders/steering.ts'

const { estimator } = Policy.parse({})
const DEAD = 200
const NOW = 10_000
const offered = (members: readonly Member[], demand: number | undefined = 200) => offers(members, demand, estimator, DEAD, NOW)

const failing = (rate: number) => aMember({ name: 'failing', memory: { isBad: true, failing: rate, limit: 60 } })
/** Reports 100 and was held to `limit` by failures of the past. */
const held = (limit: number, overrides: Parameters<typeof aMember>[0] = {}) =>
  aMember({ ...overrides, name: overrides.name ?? 'held', memory: { limit, ...overrides.memory } })

describe('what fails', () => {
  test('is offered to who serves without failures, up to what it reports', () => {
    expect(offered([failing(10), held(80)])).toEqual([0, 10])
    expect(offered([failing(30), held(80)])).toEqual([0, 20])
  })

  test('is spread in proportion to the room', () => {
    expect(offered([failing(10), held(70), held(90)])).toEqual([0, 7.5, 2.5])
  })

  test('is not worth offering up to a hundredth of the demand', () => {
    expect(offered([failing(2), held(80)])).toEqual([0, 0])
    expect(offered([failing(2.1), held(80)])).toEqual([0, 2.1])
  })

  test('is not offered while the demand is unknown', () => {
    expect(offers([failing(10), held(80)], undefined, estimator, DEAD, NOW)).toEqual([0, 0])
  })

  test('counts only at providers in service', () => {
    for (const out of [{ memory: { redSince: 1 } }, { memory: { isDown: true } }, { drain: aDrain('failing') }])
      expect(offered([aMember({ name: 'failing', ...out, memory: { isBad: true, failing: 10, ...out.memory } }), held(80)])).toEqual([0, 0])
  })

  test('counts only where it fails now', () => {
    expect(offered([aMember({ name: 'good', memory: { failing: 10 } }), held(80)])).toEqual([0, 0])
  })
})

describe('nothing is offered to one that', () => {
  const cases: [string, Parameters<typeof aMember>[0]][] = [
    ['fails itself', { memory: { isBad: true } }],
    ['is drained', { drain: aDrain('held') }],
    ['is red', { memory: { redSince: 1 } }],
    ['says too little', { reading: { missing: ['load'] } }],
    ['was cut within one and a half dead times', { memory: { lastCutAt: NOW - 300 } }],
  ]
  test.each(cases)('%s', (_name, overrides) => expect(offered([failing(10), held(80, overrides)])).toEqual([0, 0]))

  test('but to one that was cut before that', () => {
    expect(offered([failing(10), held(80, { memory: { lastCutAt: NOW - 301 } })])).toEqual([0, 10])
  })

  test('and a ramping one takes up to its nominal capacity, beyond what it reports', () => {
    const ramping = held(20, { memory: { isRamping: true, nominal: 50, capacity: { value: 30, residuals: [] } } })
    expect(offered([failing(90), ramping])[1]).toBeCloseTo(30)
  })
})

describe('what nobody in service can take', () => {
  const withheld = (overrides: Parameters<typeof aMember>[0] = {}) =>
    aMember({ name: 'withheld', ...overrides, memory: { isDown: true, redSince: 1, nominal: 50, ...overrides.memory } })

  test('waits for those that their red checks withhold, up to their nominal capacity', () => {
    expect(offered([failing(30), held(80), withheld()])).toEqual([0, 20, 10])
    expect(offered([failing(100), withheld()])).toEqual([0, 49])
  })

  test('does not wait as far as other shares would have room for it', () => {
    // 60 + 100 requests/s can be served, 95 % of them by design: of 155 the last 3 cannot.
    const roomy = aMember({ name: 'roomy', memory: { capacity: { value: 100, residuals: [] } } })
    expect(offered([failing(30), roomy, withheld()], 150)).toEqual([0, 0, 0])
    expect(offered([failing(30), roomy, withheld()], 155)[2]).toBeCloseTo(3)
  })

  test('does not wait for what was offered elsewhere: that room counts as filled', () => {
    // 60 + 100 requests/s once the 20 are offered, 95 % of them by design: 8 are lacking of 160, and 10 of what fails are left over.
    expect(offered([failing(30), held(80), withheld()], 160)).toEqual([0, 20, expect.closeTo(8)])
  })

  test('waits when the room is at one whose share policy bounds, but not while a tier can be opened', () => {
    const bounded = (maxShare: number) =>
      aMember({ name: 'bounded', bounds: { minShare: 0, maxShare }, memory: { capacity: { value: 100, residuals: [] } } })
    expect(offered([failing(30), bounded(0.2), withheld()], 150)[2]).toBeCloseTo(30)
    expect(offered([failing(30), bounded(0), withheld()], 150)[2]).toBe(0)
  })

  test('does not wait for one that is down behind a green check, drained, or red and not down', () => {
    expect(offered([failing(30), aMember({ name: 'green', memory: { isDown: true, nominal: 50 } })])).toEqual([0, 0])
    expect(offered([failing(30), withheld({ drain: aDrain('withheld') })])).toEqual([0, 0])
    expect(offered([failing(30), withheld({ memory: { isDown: false } })])).toEqual([0, 0])
  })
})
