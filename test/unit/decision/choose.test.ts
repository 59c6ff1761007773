// Who sets the shares of a tick: override > probe down > fail static > signals; and what is remembered of it.
import { describe, expect, test } from 'vitest'
import { type ChoiceInput, choose } from '#decision/choose.ts'
import type { Target } from '#decision/target-shares.ts'
import type { SetMemory } from '#model/memory.ts'
import { Policy } from '#model/policy.ts'
import { aMember } from '#test/builders/members.ts'
import { aDrain } from '#test/builders/steering.ts'

type Overrides = NonNullable<Parameters<typeof aMember>[0]>

const NOW = 10_000
const REMOVALS = [{ at: 9_900, share: 0.1 }]
const aTarget = (shares: number[], overrides: Partial<Target> = {}): Target => ({
  shares,
  capacities: [100, 100],
  isRelieved: false,
  isHeld: false,
  ...overrides,
})
const aSet = (overrides: Partial<SetMemory> = {}): SetMemory => ({
  set: 'aws+hetzner',
  shares: { aws: 0.5, hetzner: 0.5 },
  lastWriteAt: 1,
  removals: REMOVALS,
  ...overrides,
})
/** Its capacity has been steady for four windows, so that a change is not taken for noise. */
const steady = { value: 100, residuals: [1, 2, 3, 4].map((at) => ({ at, relative: 0 })) }
const quiet = (name: string, overrides: Overrides = {}) =>
  aMember({ ...overrides, name, memory: { capacity: steady, ...overrides.memory } })
const aws = (overrides: Overrides = {}) => quiet('aws', overrides)
const hetzner = (overrides: Overrides = {}) => quiet('hetzner', overrides)
const standing = (members = [aws(), hetzner()], isPanic = false) => ({ members, demand: 120, isPanic })
const chosen = (overrides: Partial<ChoiceInput> = {}) =>
  choose({
    standing: standing(),
    target: aTarget([0.5, 0.5]),
    set: aSet(),
    isBlind: false,
    isUnseen: false,
    policy: Policy.parse({}),
    deadSeconds: 190,
    nowSeconds: NOW,
    ...overrides,
  })

const down = standing([aws(), hetzner({ memory: { isDown: true, redSince: 1 } })])
const failing = standing([aws(), hetzner({ memory: { isBad: true } })])

describe('before the first decision', () => {
  const unseen = standing([aws(), hetzner({ reading: { probe: { state: 'unknown', since: NOW } } })])

  test('the wanted shares are taken once every check has been seen', () => {
    expect(chosen({ set: undefined, target: aTarget([0.7, 0.3]) })).toEqual({
      isChange: true,
      cause: 'initial',
      shares: [0.7, 0.3],
      isVelocityBound: false,
      tidySince: undefined,
      removals: undefined,
    })
    expect(chosen({ set: undefined, standing: unseen, target: aTarget([0.7, 0.3]) })).toMatchObject({ isChange: false, cause: 'initial' })
  })

  test('nothing is written for nobody who may serve', () => {
    expect(chosen({ set: undefined, target: undefined })).toMatchObject({ isChange: false, cause: 'initial' })
  })
})

describe('an operator', () => {
  const drained = standing([aws(), hetzner({ drain: aDrain('hetzner') })])

  test('sets the shares before checks, missing signals and velocity have a say', () => {
    const everything = standing([
      aws({ memory: { isBad: true } }),
      hetzner({ drain: aDrain('hetzner'), memory: { isDown: true, redSince: 1 } }),
    ])
    expect(chosen({ standing: everything, isBlind: true, target: aTarget([1, 0]) })).toEqual({
      isChange: true,
      cause: 'override',
      shares: [1, 0],
      isVelocityBound: false,
      tidySince: undefined,
      removals: REMOVALS,
    })
  })

  test('is news once: a drain that was decided on is none', () => {
    const decided = [aws(), hetzner({ drain: aDrain('hetzner'), standing: 0 })]
    expect(chosen({ standing: standing(decided), set: aSet({ drained: ['hetzner'] }) }).cause).toBe('signal')
  })

  test('is news for as long as a drain that was decided on has not taken the share away', () => {
    expect(chosen({ standing: drained, set: aSet({ drained: ['hetzner'] }) }).cause).toBe('override')
  })

  test('is news also where the drained one had no share', () => {
    const empty = standing([aws(), hetzner({ drain: aDrain('hetzner'), standing: 0 })])
    expect(chosen({ standing: empty }).cause).toBe('override')
  })

  test('who ends a drain is news too', () => {
    expect(chosen({ set: aSet({ drained: ['hetzner'] }) }).cause).toBe('override')
  })

  test('cannot leave nobody: then all stays', () => {
    expect(chosen({ standing: drained, target: undefined })).toMatchObject({ isChange: false, cause: 'hold', shares: [0.5, 0.5] })
  })
})

describe('a red check', () => {
  test('sets the shares before missing signals have a say', () => {
    expect(chosen({ standing: down, isBlind: true, target: aTarget([0.98, 0.02]) })).toMatchObject({
      isChange: true,
      cause: 'probe',
      shares: [0.98, 0.02],
      removals: REMOVALS,
    })
  })

  test('in a panic is called so', () => {
    const panic = standing([aws(), hetzner({ memory: { isDown: true, redSince: 1 }, standing: 0.02 })], true)
    expect(chosen({ standing: panic, target: aTarget([0.5, 0.5]) })).toMatchObject({ isChange: true, cause: 'panic' })
  })
})

describe('signals', () => {
  test('move nothing while more than half of them are missing', () => {
    expect(chosen({ standing: failing, isBlind: true, target: aTarget([0.9, 0.1]) })).toEqual({
      isChange: false,
      cause: 'fail-static',
      shares: [0.5, 0.5],
      isVelocityBound: false,
      tidySince: undefined,
      removals: REMOVALS,
    })
  })

  test('move nothing while everybody fails', () => {
    expect(chosen({ standing: failing, target: aTarget([0.9, 0.1], { isHeld: true }) })).toMatchObject({ isChange: false, cause: 'hold' })
  })

  test('but let more wait behind a red check, a dead time after the last write', () => {
    const outage = (standing: number) =>
      ({
        ...failing,
        members: [aws({ standing: 1 - standing, memory: { isBad: true } }), hetzner({ standing, memory: { isDown: true, redSince: 1 } })],
      }) as const
    const held = (share: number, standing = 0.1) => ({ standing: outage(standing), target: aTarget([1 - share, share], { isHeld: true }) })
    expect(chosen(held(0.25))).toMatchObject({ isChange: true, cause: 'signal', shares: [0.75, 0.25] })
    expect(chosen({ ...held(0.25), set: aSet({ lastWriteAt: NOW - 189 }) })).toMatchObject({ isChange: false, cause: 'hold' })
    expect(chosen(held(0.114))).toMatchObject({ isChange: false, cause: 'hold' })
    expect(chosen(held(0.029, 0.02))).toMatchObject({ isChange: false, cause: 'hold' })
  })

  test('and nothing for one that is red and not down, or down behind a green check', () => {
    for (const memory of [{ redSince: 1 }, { isDown: true }]) {
      const members = [aws({ standing: 0.9, memory: { isBad: true } }), hetzner({ standing: 0.1, memory })]
      const target = aTarget([0.89, 0.11], { isHeld: true })
      expect(chosen({ standing: standing(members), target })).toMatchObject({ isChange: false, cause: 'hold' })
    }
  })

  test('move nothing that is not worth a write, and remember since when it is wanted', () => {
    expect(chosen({ target: aTarget([0.55, 0.45]) })).toMatchObject({
      isChange: false,
      cause: 'signal',
      shares: [0.5, 0.5],
      tidySince: NOW,
    })
    expect(chosen({ target: aTarget([0.55, 0.45], { isHeld: true }) })).toMatchObject({ cause: 'hold', tidySince: NOW })
    expect(chosen({ target: aTarget([0.55, 0.45]), isBlind: true, set: aSet({ tidySince: 9_800 }) }).tidySince).toBe(9_800)
  })

  test('move the shares all the way where the velocity allows it', () => {
    expect(chosen({ target: aTarget([0.6, 0.4]), set: aSet({ tidySince: 9_800 }) })).toEqual({
      isChange: true,
      cause: 'signal',
      shares: [0.6, 0.4],
      isVelocityBound: false,
      tidySince: undefined,
      removals: [...REMOVALS, { at: NOW, share: expect.closeTo(0.1) }],
    })
  })

  test('move the shares as far as one step may go', () => {
    const { shares, isVelocityBound } = chosen({ target: aTarget([0.9, 0.1]) })
    expect(shares).toEqual([0.75, 0.25])
    expect(isVelocityBound).toBe(true)
  })

  test('move more than a correction may where somebody fails', () => {
    expect(chosen({ standing: failing, target: aTarget([0.85, 0.15]) }).shares).toEqual([0.85, 0.15])
  })

  test('move nothing once all that may be taken away in a dead time has been', () => {
    const spent = aSet({ removals: [{ at: NOW - 1, share: 0.5 }] })
    expect(chosen({ standing: failing, target: aTarget([0.9, 0.1]), set: spent })).toMatchObject({
      isChange: false,
      cause: 'signal',
      isVelocityBound: false,
      removals: spent.removals,
    })
  })
})
