// How a limit that failures taught, or a return began with, gives way to clean windows.
import { describe, expect, test } from 'vitest'
import { Policy } from '#model/policy.ts'
import { WINDOW_END } from '#test/builders/members.ts'
import { aFilterOf, afterWindow as after, NEXT_END } from '#test/builders/windows.ts'

const { estimator } = Policy.parse({})
const RAMP_STEP = 100 * (60 / estimator.rampSeconds)
const known = { load: aFilterOf(20), capacity: aFilterOf(100) }
const limitAfter = (memory: object, window: object = {}) => after({ ...known, ...memory }, { load: 20, ...window }).limit

describe('a limit that failures taught', () => {
  const taught = { limit: 50, lastBadAt: NEXT_END - 300, lastGoodput: 50 }

  test.each([
    ['five minutes after they ended', taught, 50.5],
    ['not before', { ...taught, lastBadAt: NEXT_END - 299 }, 50],
    ['ten minutes after they ended, when a probe has failed', { ...taught, lastBadAt: NEXT_END - 600, failedProbes: 1 }, 50.5],
    ['not before, when a probe has failed', { ...taught, lastBadAt: NEXT_END - 599, failedProbes: 1 }, 50],
  ])('grows by a hundredth a minute %s', (_name, memory, limit) => expect(limitAfter(memory)).toBeCloseTo(limit))

  test.each([
    ['a tenth more than it could serve is not proof', 264, { lastGoodput: 240 }, 1.01],
    ['more than that is', 265, { lastGoodput: 240 }, 1.1],
    ['nothing is without a failure to compare with', 265, {}, 1.01],
  ])('grows ten times as fast by proof: %s', (_name, load, failure, factor) => {
    const large = { limit: 500, lastBadAt: 5_000, capacity: aFilterOf(1000), load: aFilterOf(264), ...failure }
    expect(after(large, { load, capacity: 1000 }).limit).toBeCloseTo(500 * factor)
  })

  test('says whether it was raised since the last failure', () => {
    const waiting = { ...known, ...taught, lastBadAt: WINDOW_END }
    expect(after(waiting, { load: 20 }).isLimitRaised).toBe(false)
    expect(after({ ...waiting, isLimitRaised: true }, { load: 20 }).isLimitRaised).toBe(true)
    expect(after({ ...known, ...taught }, { load: 20 }).isLimitRaised).toBe(true)
  })

  test.each([
    ['by the filtered load while the load grows', 22, undefined],
    ['by the load of the window while it falls', 18, 18],
  ])('is proven wrong %s', (_name, load, expected) => {
    const memory = after({ ...known, limit: 5, lastBadAt: WINDOW_END }, { load })
    expect(memory.limit).toBeCloseTo(expected ?? memory.load?.value ?? 0)
    expect(memory.limit).toBeLessThan(load + 0.001)
  })

  test('belongs to the provider while it is down, whatever it carries', () => {
    expect(limitAfter({ ...taught, limit: 5, isDown: true })).toBe(5)
  })

  test('ends with its history when all that the provider reports is served', () => {
    const memory = after({ ...taught, load: aFilterOf(100), failedProbes: 2, isLimitRaised: true }, { load: 100 })
    expect(memory).toMatchObject({ failedProbes: 0, isLimitRaised: false, isRamping: false })
    expect(memory).not.toHaveProperty('limit')
  })

  test.each([
    ['what it reports, not the most it was able to', { capacity: aFilterOf(60), nominal: 900 }, 60, undefined],
    ['the most it was able to, where it reports nothing', { capacity: undefined, nominal: 900 }, undefined, 60],
  ])('ends at %s', (_name, memory, capacity, limit) => {
    expect(after({ ...taught, ...memory, load: aFilterOf(60) }, { load: 60, capacity }).limit).toBe(limit)
  })
})

describe('the ramp of a return', () => {
  const returning = { limit: 30, isRamping: true, greenSince: NEXT_END - 120, goodWindows: 1 }

  test.each([
    ['once the check was green for two minutes and two windows were good', {}, 30 + RAMP_STEP],
    ['not while the check is green for less', { greenSince: NEXT_END - 119 }, 30],
    ['not on the first good window', { goodWindows: 0 }, 30],
    ['wherever nobody knows since when the check is green', { greenSince: undefined }, 30 + RAMP_STEP],
  ])('rises %s', (_name, memory, limit) => expect(limitAfter({ ...returning, ...memory })).toBeCloseTo(limit))

  test('takes its time from the most the provider was able to serve', () => {
    expect(limitAfter({ ...returning, nominal: 300 })).toBeCloseTo(30 + 3 * RAMP_STEP)
  })

  test.each([
    ['waits like any limit when the return has failed', { greenSince: 9_000, lastBadAt: NEXT_END - 299 }, 30],
    ['goes on after that wait', { greenSince: 9_000, lastBadAt: NEXT_END - 300 }, 30 + RAMP_STEP],
    ['does not wait for failures before the check turned green', { lastBadAt: NEXT_END - 180 }, 30 + RAMP_STEP],
    ['does not wait for failures that ended just then', { lastBadAt: NEXT_END - 120 }, 30 + RAMP_STEP],
  ])('%s', (_name, memory, limit) => expect(limitAfter({ ...returning, goodWindows: 9, ...memory })).toBeCloseTo(limit))

  test('ends at what the provider reports', () => {
    const memory = after({ ...known, ...returning, limit: 99 }, { load: 20 })
    expect(memory.isRamping).toBe(false)
    expect(memory).not.toHaveProperty('limit')
  })
})
