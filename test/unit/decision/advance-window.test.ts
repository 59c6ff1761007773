// What one closed window tells about a provider, and what a window tells nothing about.
import { describe, expect, test } from 'vitest'
import { advanceWindow, emptyMemory } from '#decision/advance-window.ts'
import type { Reading } from '#decision/reading.ts'
import { Policy } from '#model/policy.ts'
import { aProviderMemory, aReading, WINDOW_END } from '#test/builders/members.ts'
import { aFilterOf, afterWindow as after, DEAD_SECONDS, NEXT_END } from '#test/builders/windows.ts'

const { estimator, guards } = Policy.parse({})
const CONTEXT = { estimator, guards, deadSeconds: DEAD_SECONDS }

describe('a provider that falls silent', () => {
  const failing = { isBad: true, failing: 12, limit: 40, softLimit: 20, lastBadAt: WINDOW_END }
  const silences = [
    { what: 'all it says', window: { windowEnd: undefined, load: undefined, errors: undefined } },
    { what: 'its load', window: { windowEnd: WINDOW_END, load: undefined } },
    { what: 'its errors', window: { windowEnd: WINDOW_END, errors: undefined } },
  ]
  test.each(silences)('is not said to fail any more when $what is missing, but keeps the limit it was taught', ({ window }) => {
    const memory = after(failing, window)
    expect(memory).toMatchObject({ isBad: false, failing: 0, limit: 40, lastBadAt: WINDOW_END })
    expect(memory).not.toHaveProperty('softLimit')
  })

  test('fails on while its newest window is merely old', () => {
    expect(after(failing, { windowEnd: WINDOW_END })).toMatchObject({ isBad: true, failing: 12, softLimit: 20 })
  })

  test('is remembered as it was when nothing failed', () => {
    const memory = aProviderMemory({ limit: 40, failing: 0.1 })
    expect(advanceWindow(memory, aReading({ windowEnd: undefined, load: undefined }), CONTEXT)).toBe(memory)
  })

  test('does not prove anything by windows without a count of failures', () => {
    expect(after({ goodWindows: 1, limit: 40 }, { errors: undefined })).toMatchObject({ goodWindows: 1, limit: 40, failing: 0 })
  })
})

describe('the first window', () => {
  const first = (window: Partial<Reading>) => {
    return advanceWindow(emptyMemory('aws', 100), aReading({ windowEnd: NEXT_END, ...window }), CONTEXT)
  }

  test('that says nothing leaves no more than its time', () => {
    const nothing = { capacity: undefined, load: undefined, errors: undefined }
    expect(first(nothing)).toStrictEqual({ ...emptyMemory('aws', 100), windowEnd: NEXT_END })
  })

  test.each([40, 250])('puts what the provider reports, %d, in the place of its rating', (capacity) => {
    expect(first({ capacity }).nominal).toBe(capacity)
  })

  test.each([
    { reported: 5, nominal: 100 },
    { reported: 250, nominal: 250 },
  ])('of a provider behind a red check, which reports $reported, does not make its return smaller', ({ reported, nominal }) => {
    const red = { ...emptyMemory('aws', 100), redSince: 9_000 }
    expect(advanceWindow(red, aReading({ windowEnd: NEXT_END, capacity: reported }), CONTEXT).nominal).toBe(nominal)
  })

  test('counts as one window, however long the time before it', () => {
    const returning = { windowEnd: 0, isRamping: true, limit: 2, greenSince: 9_000, goodWindows: 5 }
    expect(after(returning, { load: 1 }).limit).toBeCloseTo(2 + 100 * (60 / estimator.rampSeconds))
  })
})

describe('the time a window stands for', () => {
  const returning = { isRamping: true, limit: 2, greenSince: 9_000, goodWindows: 5 }
  const cases = [
    { name: 'is its distance from the last one', minutes: 3, seconds: 180 },
    { name: 'is ten minutes at most: a pause proves nothing', minutes: 30, seconds: 600 },
  ]
  test.each(cases)('$name', ({ minutes, seconds }) => {
    const memory = after(returning, { windowEnd: WINDOW_END + 60 * minutes, load: 1 })
    expect(memory.limit).toBeCloseTo(2 + 100 * (seconds / estimator.rampSeconds))
  })
})

describe('reported capacity', () => {
  test('of 0 is believed at once, however noisy it was before', () => {
    expect(after({ capacity: aFilterOf(100, 0.3) }, { capacity: 0 }).capacity).toEqual({ value: 0, residuals: [] })
  })

  test('stays what it was while it is missing', () => {
    const capacity = aFilterOf(100)
    expect(after({ capacity, nominal: 120 }, { capacity: undefined })).toMatchObject({ capacity, nominal: 120 })
  })
})

describe('what goodput and utilisation say about capacity', () => {
  const known = (value: number) => ({ goodput: aFilterOf(value), load: aFilterOf(60) })

  test.each([
    ['without a load', { load: undefined, utilisation: 0.9 }],
    ['without a utilisation', { load: 60, utilisation: undefined }],
  ])('is nothing new %s', (_name, window) => {
    expect(after(known(50), window).goodput).toEqual(aFilterOf(50))
    expect(after({}, window)).not.toHaveProperty('goodput')
  })

  test('counts only the requests that did not fail', () => {
    expect(after({}, { load: 60, errors: 6, utilisation: 0.9 }).goodput?.value).toBeCloseTo(60)
  })

  test('takes everything for served where failures are not counted', () => {
    expect(after({}, { load: 60, errors: undefined, utilisation: 0.5 }).goodput?.value).toBeCloseTo(120)
  })

  test('is never below 0, even if more failed than came', () => {
    expect(after({}, { load: 1, errors: 2, utilisation: 0.5 }).goodput?.value).toBe(0)
  })

  test('is not learned from a utilisation of a fifth', () => {
    expect(after({}, { load: 60, utilisation: 0.2 })).not.toHaveProperty('goodput')
    expect(after({}, { load: 60, utilisation: 0.21 }).goodput?.value).toBeCloseTo(60 / 0.21)
  })

  test('must deviate by twice as much as other signals to be believed at once', () => {
    expect(after(known(100), { utilisation: 60 / 140 }).goodput?.value).toBeLessThan(115)
    expect(after(known(100), { utilisation: 60 / 155 }).goodput?.value).toBeCloseTo(155)
  })

  test('is disproved, but never lowered, by a provider that is hardly used', () => {
    expect(after(known(250), { utilisation: 0.1 }).goodput?.value).toBeCloseTo(300)
    expect(after(known(350), { utilisation: 0.1 }).goodput?.value).toBe(350)
  })
})

describe('a window that a red check has touched', () => {
  const failing = { load: 60, errors: 20, utilisation: 0.95 }
  test.each([
    ['because the check is still red', { redSince: WINDOW_END - 600 }],
    ['because it turned green inside the window', { greenSince: WINDOW_END + 1 }],
  ])('is not judged, only counted, %s', (_name, memory) => {
    const seen = after({ ...memory, goodWindows: 1, strainedWindows: 1 }, failing)
    expect(seen).toMatchObject({ isBad: false, failing: 20, goodWindows: 1, strainedWindows: 1 })
    expect(seen).not.toHaveProperty('limit')
  })

  test('ends where the check turned green', () => {
    expect(after({ greenSince: WINDOW_END }, failing)).toMatchObject({ isBad: true, failing: 20 })
  })
})

describe('strain', () => {
  test.each([
    ['above the ceiling', { utilisation: 0.86 }, 3],
    ['of failures', { errors: 6 }, 3],
    ['at the ceiling exactly', { utilisation: 0.85 }, 0],
    ['unknown', { utilisation: undefined }, 0],
  ])('counts its windows in a row: %s', (_name, window, windows) => {
    expect(after({ strainedWindows: 2 }, window).strainedWindows).toBe(windows)
  })
})
