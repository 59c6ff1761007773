// When the bias between intended and measured shares may be learned, and when never.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideSets, type Memory } from '#decision/decide-sets.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { Override } from '#model/override.ts'
import { observe } from '#signals/observe.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aRecord, observedRecords } from '#test/builders/records.ts'
import { type CloudState, seriesOf } from '#test/builders/series.ts'

const START = 1_700_000_055
const SET = 'aws+hetzner'
const EVEN = { aws: 128, hetzner: 128 }
const by = { author: 'me', reason: 'a test', createdAt: 0, expiresAt: 9e9 }
const pin: Override = { kind: 'pin', hostname: HOSTNAME, shares: { aws: 0.2, hetzner: 0.8 }, generation: 2, isRollback: false, ...by }
const pause: Override = { kind: 'pause', hostname: '*', ...by }

type Minute = {
  loads: Record<string, Partial<CloudState>>
  weights?: Record<string, number>
  isOurs?: boolean
  overrides?: readonly Override[]
}

/** Minutes of a set whose two clouds have the same capacity and whose records carry the weights given. */
function aSet(mode: HostnamePolicy['mode'] = 'enforce') {
  const configuration = aConfiguration({ hostnames: [aHostname({ mode })] })
  let nowSeconds = START
  let memory: Memory = { providers: {}, sets: {} }
  return {
    learned: () => memory.sets[SET]?.bias,
    counts: () => memory.sets[SET]?.counts,
    pass({ loads, weights = EVEN, isOurs = true, overrides = [] }: Minute) {
      nowSeconds += 60
      const members = Object.entries(weights).map(([name, weight]) => aRecord(name, weight))
      const clouds = { aws: { capacity: 500, ...loads.aws }, hetzner: { capacity: 500, ...loads.hetzner } }
      const decided = decideSets({
        configuration,
        signals: observe(configuration, seriesOf(configuration, clouds, nowSeconds), nowSeconds),
        memory,
        overrides,
        records: new Map([[HOSTNAME, { observed: observedRecords({ members }), ...(isOurs ? { isOurs: true as const } : {}) }]]),
        nowSeconds,
      })
      memory = decided.memory
      return decided.decisions[0]
    },
  }
}

const skewed = { aws: { load: 180 }, hetzner: { load: 60 } }
const rates = fc.record({ aws: fc.integer({ min: 1, max: 200 }), hetzner: fc.integer({ min: 1, max: 200 }) })

describe('bias', () => {
  test('is learned where the records carry what was decided: the others here are no idle tests', () => {
    const set = aSet()
    for (let i = 0; i < 15; i++) set.pass({ loads: skewed })
    expect(set.learned()?.aws).toBeGreaterThan(1.05)
  })

  test.each<[string, HostnamePolicy['mode'], Partial<Minute>]>([
    ['in mode observe', 'observe', {}],
    ['under a pin', 'enforce', { overrides: [pin] }],
    ['under a pause', 'enforce', { overrides: [pause] }],
    ['while the records do not carry what was decided', 'enforce', { weights: { aws: 140, hetzner: 116 } }],
  ])('is off %s, whatever is measured', (_when, mode, how) => {
    fc.assert(
      fc.property(fc.array(rates, { minLength: 8, maxLength: 20 }), (minutes) => {
        const set = aSet(mode)
        set.pass({ loads: {} })
        for (const { aws, hetzner } of minutes) set.pass({ loads: { aws: { load: aws }, hetzner: { load: hetzner } }, ...how })
        expect(set.counts()).toBeUndefined()
        expect(set.learned()).toBeUndefined()
      }),
      { numRuns: 30 },
    )
  })

  test('learns nothing while anybody is red or silent, and keeps what it knew', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom({ isRed: true }, { isSilent: true }), { minLength: 1, maxLength: 6 }), (minutes) => {
        const set = aSet()
        for (let i = 0; i < 12; i++) set.pass({ loads: skewed })
        const before = set.learned()
        for (const how of minutes) {
          set.pass({ loads: { aws: { load: 20 }, hetzner: { load: 220, ...how } } })
          expect(set.learned()).toEqual(before)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('learns nothing within a dead time of a hold that ended', () => {
    const set = aSet()
    set.pass({ loads: skewed })
    for (let i = 0; i < 5; i++) set.pass({ loads: skewed, overrides: [pin] })
    // Lag, window, propagation and TTL are 190 s.
    for (let i = 0; i < 3; i++) set.pass({ loads: skewed })
    expect(set.counts()).toBeUndefined()
    for (let i = 0; i < 2; i++) set.pass({ loads: skewed })
    expect(set.counts()).toBeDefined()
  })

  test('forgets what it learned from records that a hand had changed, whenever that is found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 246 }), (minutes, weight) => {
        const edited = { aws: weight, hetzner: 256 - weight }
        fc.pre(Math.abs(weight - 128) > 5)
        const followed = { aws: { load: (240 * weight) / 256 }, hetzner: { load: (240 * (256 - weight)) / 256 } }
        const set = aSet()
        for (let i = 0; i < 6; i++) set.pass({ loads: { aws: { load: 120 }, hetzner: { load: 120 } } })
        // Nobody has looked: the table still holds what was written.
        for (let i = 0; i < minutes; i++) set.pass({ loads: followed })
        set.pass({ loads: followed, weights: edited, isOurs: false })
        expect(set.learned()).toBeUndefined()
        expect(set.counts()).toBeUndefined()
      }),
      { numRuns: 40 },
    )
  })

  test('does not forget because a write of our own was throttled', () => {
    const set = aSet()
    for (let i = 0; i < 12; i++) set.pass({ loads: skewed })
    const before = set.learned()
    set.pass({ loads: skewed, weights: { aws: 150, hetzner: 106 } })
    expect(before?.aws).toBeGreaterThan(1)
    expect(set.learned()).toEqual(before)
  })
})
