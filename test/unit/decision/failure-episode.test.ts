// What windows of failures teach: a limit, how far to fall below it at first, and what to give back should it prove an outage.
import { describe, expect, test } from 'vitest'
import { Policy } from '#model/policy.ts'
import { WINDOW_END } from '#test/builders/members.ts'
import { aFilterOf, afterWindow as after, DEAD_SECONDS, NEXT_END } from '#test/builders/windows.ts'

const { estimator } = Policy.parse({})
/** A tenth of 60 requests/s fails. */
const FAILING = { load: 60, errors: 6 }
const known = { load: aFilterOf(60), capacity: aFilterOf(100) }
const failedAt = (lastBadAt: number) => ({ ...known, lastBadAt, wasSteadyAtEpisode: true, limit: 80, failedProbes: 1 })

describe('a window is bad', () => {
  // 900 requests: a budget of 9, three standard deviations of √9, and one.
  test.each([
    [19, false],
    [20, true],
  ])('with %d failures of 900 requests: %s', (failures, isBad) => {
    expect(after(known, { windowSeconds: 1, load: 900, errors: failures }).isBad).toBe(isBad)
  })

  test('never for a provider that is down: it carries what is left of the cached answers', () => {
    expect(after({ ...known, isDown: true }, FAILING)).toMatchObject({ isBad: false, failing: 6 })
  })
})

describe('an episode of failures', () => {
  test('begins with its first bad window, and remembers that nothing stood before', () => {
    const memory = after({ ...known, goodWindows: 7, failing: 0 }, FAILING)
    expect(memory).toMatchObject({ isBad: true, failing: 6, lastBadAt: NEXT_END, lastGoodput: 54, limit: 54, goodWindows: 0 })
    expect(memory.episodeStartedAt).toBe(NEXT_END - 60)
    expect(memory.beforeEpisode).toStrictEqual({ failedProbes: 0 })
  })

  test('remembers the limit, the failures and the failed probes that stood before it', () => {
    const { beforeEpisode } = after(failedAt(5_000), FAILING)
    expect(beforeEpisode).toStrictEqual({ limit: 80, lastBadAt: 5_000, failedProbes: 1 })
  })

  test.each([
    ['goes on within a dead time', NEXT_END - DEAD_SECONDS, 3],
    ['is a new one after that', NEXT_END - DEAD_SECONDS - 1, 10],
  ])('%s of the last bad window', (_name, lastBadAt, undershoot) => {
    const memory = after({ ...failedAt(lastBadAt), episodeStartedAt: 4_000 }, { load: 60, errors: 1.2 })
    expect(memory.softLimit).toBeCloseTo((1 - undershoot * 0.02) * 60)
    expect(memory.episodeStartedAt).toBe(undershoot === 3 ? 4_000 : NEXT_END - 60)
  })
})

describe('whether capacity was lost or the load had surged', () => {
  const isUndershot = (memory: object, window = FAILING) => {
    const { softLimit = 0, lastGoodput = 0 } = after({ ...known, ...memory }, window)
    return softLimit < lastGoodput
  }

  test.each([
    ['a load nobody knew before', { load: undefined }, true],
    ['a load that rose by a tenth', { load: aFilterOf(100) }, true],
    ['a load that rose by more', { load: aFilterOf(99) }, false],
    ['a noisy load that rose within its noise', { load: aFilterOf(90, 0.1) }, true],
    ['a noisy load that rose beyond it', { load: aFilterOf(80, 0.1) }, false],
    ['a load that fell', { load: aFilterOf(150) }, true],
  ])('is told by the load before: %s', (_name, memory, expected) => {
    expect(isUndershot(memory, { load: 110, errors: 11 })).toBe(expected)
  })

  test.each([true, false])('is decided once for an episode: %s', (wasSteadyAtEpisode) => {
    expect(isUndershot({ lastBadAt: WINDOW_END, wasSteadyAtEpisode })).toBe(wasSteadyAtEpisode)
  })

  test('counts as lost where it is not remembered', () => {
    expect(isUndershot({ lastBadAt: WINDOW_END })).toBe(true)
  })
})

describe('what a failing provider can carry', () => {
  test('is its goodput of the window while load drains away, not of the past that the filter still holds', () => {
    expect(after({ ...known, load: aFilterOf(60) }, { load: 50, errors: 5 }).limit).toBeCloseTo(45)
  })

  test('is its goodput of the filtered load while that grows', () => {
    const { load, limit } = after({ ...known, load: aFilterOf(60) }, { load: 66, errors: 6.6 })
    expect(load?.value).toBeLessThan(66)
    expect(limit).toBeCloseTo(0.9 * (load?.value ?? 0))
  })

  test('is no more than it reports, even if it carried more', () => {
    expect(after({ ...known, capacity: aFilterOf(40), nominal: 900 }, { ...FAILING, capacity: 40 }).limit).toBe(40)
  })

  test.each([
    ['of what it reports', { capacity: aFilterOf(100), nominal: 900 }, 100, 10],
    ['of the most it was able to, where it reports nothing', { capacity: undefined, nominal: 300 }, undefined, 30],
  ])('is never less than the floor %s', (_name, memory, capacity, floor) => {
    expect(after({ ...known, ...memory }, { load: 60, errors: 60, capacity }).limit).toBeCloseTo(floor)
  })

  test('is 0 of a load that failed more often than it came', () => {
    expect(after(known, { load: 60, errors: 90 })).toMatchObject({ lastGoodput: 0, softLimit: 0 })
  })
})

describe('a return that fails', () => {
  const returning = { ...known, isRamping: true, greenSince: 9_000 }

  test('keeps what the ramp had given it, where that is less than the floor', () => {
    expect(after({ ...returning, limit: 2, load: aFilterOf(2) }, { load: 2, errors: 1.5 }).limit).toBe(2)
  })

  test('falls to the floor where the ramp had given it more', () => {
    expect(after({ ...returning, limit: 50 }, { load: 60, errors: 59 }).limit).toBe(estimator.floor * 100)
  })
})

describe('a failed probe of more load', () => {
  test('is a failure after the limit was raised, and counts once', () => {
    const raised = { ...failedAt(5_000), isLimitRaised: true }
    expect(after(raised, FAILING)).toMatchObject({ failedProbes: 2, isLimitRaised: false })
    expect(after({ ...raised, isLimitRaised: false }, FAILING)).toMatchObject({ failedProbes: 1, isLimitRaised: false })
  })

  test('makes the wait no longer after the fourth', () => {
    expect(after({ ...failedAt(5_000), failedProbes: 4, isLimitRaised: true }, FAILING).failedProbes).toBe(4)
  })
})
