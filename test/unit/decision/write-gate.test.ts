// When a difference between wanted and standing shares is worth a write.
import { describe, expect, test } from 'vitest'
import { emptyMemory } from '#decision/advance-window.ts'
import type { Member } from '#decision/member.ts'
import { velocity } from '#decision/velocity.ts'
import { type GateInput, writeGate } from '#decision/write-gate.ts'
import type { ProviderMemory } from '#model/memory.ts'
import { Policy } from '#model/policy.ts'

const { estimator, guards } = Policy.parse({})
const NOW = 10_000
const DEAD = 190

function aMember(standing: number, memory: Partial<ProviderMemory> = {}): Member {
  return {
    name: 'aws',
    rating: 100,
    bounds: { minShare: 0, maxShare: 1 },
    reading: {
      name: 'aws',
      probe: { state: 'green', since: 0 },
      windowEnd: NOW,
      windowSeconds: 60,
      capacity: 100,
      load: 50,
      errors: 0,
      utilisation: undefined,
      required: 4,
      missing: [],
    },
    memory: { ...emptyMemory('aws', 100), ...memory },
    drain: undefined,
    standing,
  }
}

/** The rule that opens the gate for one provider that should move from `standing` to `wanted`. */
function rule(standing: number, wanted: number, memory: Partial<ProviderMemory> = {}, rest: Partial<GateInput> = {}) {
  return writeGate({
    members: [aMember(standing, memory)],
    wanted: [wanted],
    set: { set: 'x', shares: {}, lastWriteAt: NOW - 1000 },
    isPanic: false,
    estimator,
    deadSeconds: DEAD,
    nowSeconds: NOW,
    ...rest,
  }).rule
}

const justWritten = { set: { set: 'x', shares: {}, lastWriteAt: NOW - DEAD + 1 } }

describe('the write gate', () => {
  const cases = [
    {
      name: 'opens at once for a down provider that falls by more than a third',
      got: () => rule(0.3, 0.02, { isDown: true }, justWritten),
      want: 'down',
    },
    {
      name: 'waits for a down provider that falls by less than a third',
      got: () => rule(0.3, 0.21, { isDown: true }, justWritten),
      want: undefined,
    },
    {
      name: 'waits for a down provider that falls by less than a point',
      got: () => rule(0.02, 0.011, { isDown: true }, justWritten),
      want: undefined,
    },
    {
      name: 'opens at once for a red provider that is not down and must rise',
      got: () => rule(0.02, 0.3, { redSince: 1 }, justWritten),
      want: 'down',
    },
    {
      name: 'waits for a down provider that could rise',
      got: () => rule(0.02, 0.3, { redSince: 1, isDown: true }, justWritten),
      want: undefined,
    },
    {
      name: 'opens for a down provider that must rise in a panic',
      got: () => rule(0.02, 0.3, { redSince: 1, isDown: true }, { ...justWritten, isPanic: true }),
      want: 'down',
    },
    {
      name: 'opens at once for a failing provider that falls by more than the cut',
      got: () => rule(0.5, 0.48, { isBad: true }, justWritten),
      want: 'failing',
    },
    {
      name: 'waits for a failing provider that falls by less than the cut',
      got: () => rule(0.5, 0.486, { isBad: true }, justWritten),
      want: undefined,
    },
    { name: 'waits for a failing provider that rises', got: () => rule(0.5, 0.53, { isBad: true }, justWritten), want: undefined },
    {
      name: 'cuts again within a dead time only beyond the band',
      got: () => rule(0.5, 0.44, { isBad: true, lastCutAt: NOW - 60 }, justWritten),
      want: undefined,
    },
    {
      name: 'cuts again within a dead time beyond the band',
      got: () => rule(0.5, 0.42, { isBad: true, lastCutAt: NOW - 60 }, justWritten),
      want: 'failing',
    },
    { name: 'opens for a change beyond the band after a quiet dead time', got: () => rule(0.5, 0.58), want: 'band' },
    { name: 'waits for a change beyond the band inside the dead time', got: () => rule(0.5, 0.58, {}, justWritten), want: undefined },
    { name: 'waits for a change within the band', got: () => rule(0.5, 0.57), want: undefined },
    {
      name: 'waits for a change within three times the noise',
      got: () =>
        rule(0.5, 0.6, { capacity: { value: 100, residuals: [0.08, -0.08, 0.08, -0.08].map((relative) => ({ at: NOW, relative })) } }),
      want: undefined,
    },
    { name: 'waits for a change of less than half a point, whatever its proportion', got: () => rule(0.01, 0.014), want: undefined },
    {
      name: 'tidies up what has been wanted for ten minutes',
      got: () => rule(0.5, 0.55, {}, { set: { set: 'x', shares: {}, tidySince: NOW - 600 } }),
      want: 'tidy',
    },
    {
      name: 'does not tidy up sooner',
      got: () => rule(0.5, 0.55, {}, { set: { set: 'x', shares: {}, tidySince: NOW - 599 } }),
      want: undefined,
    },
    {
      name: 'does not tidy up while somebody fails',
      got: () => rule(0.5, 0.55, { isBad: true }, { set: { set: 'x', shares: {}, tidySince: NOW - 600 } }),
      want: undefined,
    },
    {
      name: 'waits for a down provider that falls by just a point',
      got: () => rule(0.01, 0, { isDown: true }, justWritten),
      want: undefined,
    },
    {
      name: 'waits for a red provider that would rise by just a point',
      got: () => rule(0, 0.01, { redSince: 1 }, justWritten),
      want: undefined,
    },
    {
      name: 'waits for a red provider that would rise by less than a third',
      got: () => rule(0.3, 0.35, { redSince: 1 }, justWritten),
      want: undefined,
    },
    {
      name: 'waits for a red provider that would fall and is not down',
      got: () => rule(0.3, 0.1, { redSince: 1 }, justWritten),
      want: undefined,
    },
    {
      name: 'waits for a failing provider that falls by just half a point',
      got: () => rule(0.005, 0, { isBad: true }, justWritten),
      want: undefined,
    },
    { name: 'waits for a change of just half a point', got: () => rule(0, 0.005), want: undefined },
    {
      name: 'waits for a failing provider that falls by just the cut',
      got: () => rule(0.5, 0.25, { isBad: true }, { ...justWritten, estimator: { ...estimator, cut: 0.5 } }),
      want: undefined,
    },
    {
      name: 'waits for a change of just the band',
      got: () => rule(0.5, 0.75, {}, { estimator: { ...estimator, band: 0.5 } }),
      want: undefined,
    },
    {
      name: 'takes a cut for another one up to the end of the dead time',
      got: () => rule(0.5, 0.44, { isBad: true, lastCutAt: NOW - DEAD }, justWritten),
      want: undefined,
    },
    {
      name: 'takes a cut for the first one after the dead time',
      got: () => rule(0.5, 0.44, { isBad: true, lastCutAt: NOW - DEAD - 1 }, justWritten),
      want: 'failing',
    },
  ]
  test.each(cases)('$name', ({ got, want }) => expect(got()).toBe(want))

  test('remembers since when tidying up is wanted, and forgets it when it is not', () => {
    const input = { members: [aMember(0.5)], isPanic: false, estimator, deadSeconds: DEAD, nowSeconds: NOW }
    expect(writeGate({ ...input, wanted: [0.55], set: { set: 'x', shares: {} } }).tidySince).toBe(NOW)
    expect(writeGate({ ...input, wanted: [0.55], set: { set: 'x', shares: {}, tidySince: 5 } }).tidySince).toBe(5)
    expect(writeGate({ ...input, wanted: [0.51], set: { set: 'x', shares: {}, tidySince: 5 } }).tidySince).toBeUndefined()
  })

  test('does not want to tidy up half a point, nor just the part that is tidy', () => {
    const set = { set: 'x', shares: {}, lastWriteAt: NOW }
    const input = { isPanic: false, estimator, deadSeconds: DEAD, nowSeconds: NOW, set }
    expect(writeGate({ ...input, members: [aMember(0)], wanted: [0.005] }).tidySince).toBeUndefined()
    expect(writeGate({ ...input, members: [aMember(0)], wanted: [0.006] }).tidySince).toBe(NOW)
    const half = { ...estimator, tidy: 0.5 }
    expect(writeGate({ ...input, estimator: half, members: [aMember(0.5)], wanted: [0.75] }).tidySince).toBeUndefined()
  })

  describe('of two', () => {
    const both = (one: Partial<ProviderMemory>, other: Partial<ProviderMemory>, rest: Partial<GateInput> = {}) =>
      rule(0.5, 0.5, {}, { members: [aMember(0.5, one), aMember(0.5, other)], ...rest })

    test('opens when one fails and the other takes over', () => {
      expect(both({ isBad: true }, {}, { ...justWritten, wanted: [0.4, 0.6] })).toBe('failing')
    })

    test('does not tidy up while one of them fails', () => {
      const set = { set: 'x', shares: {}, tidySince: NOW - 600 }
      expect(both({}, {}, { set, wanted: [0.45, 0.55] })).toBe('tidy')
      expect(both({ isBad: true }, {}, { set, wanted: [0.55, 0.45] })).toBeUndefined()
    })

    test('waits for the noisier one', () => {
      const noisy = { capacity: { value: 100, residuals: [0.08, -0.08, 0.08, -0.08].map((relative) => ({ at: NOW, relative })) } }
      expect(both({}, {}, { wanted: [0.4, 0.6] })).toBe('band')
      expect(both(noisy, {}, { wanted: [0.4, 0.6] })).toBeUndefined()
    })
  })
})

describe('the velocity of signals', () => {
  const move = {
    standing: [0.8, 0.2],
    wanted: [0.1, 0.9],
    isRelief: true,
    set: { set: 'x', shares: {} },
    guards,
    deadSeconds: DEAD,
    nowSeconds: NOW,
  }

  test('goes half the way of all capacity at most', () => {
    const { shares, removals, part } = velocity(move)
    expect(shares[0]).toBeCloseTo(0.3)
    expect(shares[1]).toBeCloseTo(0.7)
    expect(removals).toEqual([{ at: NOW, share: expect.closeTo(0.5) }])
    expect(part).toBeCloseTo(5 / 7)
  })

  test('counts what was taken away within the dead time', () => {
    const set = { set: 'x', shares: {}, removals: [{ at: NOW - DEAD + 1, share: 0.4 }] }
    expect(velocity({ ...move, set }).shares[0]).toBeCloseTo(0.7)
  })

  test('forgets what was taken away before', () => {
    const set = { set: 'x', shares: {}, removals: [{ at: NOW - DEAD, share: 0.4 }] }
    expect(velocity({ ...move, set }).shares[0]).toBeCloseTo(0.3)
  })

  test('makes no move when nothing may be taken away any more', () => {
    const set = { set: 'x', shares: {}, removals: [{ at: NOW - 1, share: 0.5 }] }
    expect(velocity({ ...move, set }).part).toBe(0)
  })

  test('bounds the growth of a correction', () => {
    expect(velocity({ ...move, standing: [0.5, 0.5], wanted: [0.1, 0.9], isRelief: false }).shares[1]).toBeCloseTo(0.75)
  })

  test('does not bound what the others must take over', () => {
    expect(velocity({ ...move, standing: [0.5, 0.5], wanted: [0.1, 0.9] }).shares[1]).toBeCloseTo(0.9)
  })
})
