// What a provider is taken to serve: reported, taught by failures, floored, and grown again.
import { describe, expect, test } from 'vitest'
import { advanceWindow, emptyMemory } from '#decision/advance-window.ts'
import { effectiveCapacity } from '#decision/estimate.ts'
import type { Reading } from '#decision/reading.ts'
import type { ProviderMemory } from '#model/memory.ts'
import { Policy } from '#model/policy.ts'

const { estimator, guards } = Policy.parse({})
const CONTEXT = { estimator, guards, deadSeconds: 190 }
const RATING = 500

function aReading(minute: number, overrides: Partial<Reading> = {}): Reading {
  return {
    name: 'aws',
    probe: { state: 'green', since: 0 },
    windowEnd: 60 * (100 + minute),
    windowSeconds: 60,
    capacity: RATING,
    load: 300,
    errors: 0,
    utilisation: undefined,
    required: 4,
    missing: [],
    ...overrides,
  }
}

/** The memory after these windows, one a minute; the first ten are quiet. */
function after(windows: readonly Partial<Reading>[], start: ProviderMemory = emptyMemory('aws', RATING)): ProviderMemory {
  const all = [...Array.from({ length: 10 }, () => ({})), ...windows]
  return all.reduce<ProviderMemory>((memory, window, minute) => advanceWindow(memory, aReading(minute, window), CONTEXT), start)
}

const estimate = (memory: ProviderMemory) => effectiveCapacity({ memory, rating: RATING }, estimator)
const failing = (errors: number, load = 300) => ({ load, errors })

describe('the capacity of a provider', () => {
  test('is what it reports while nothing fails', () => expect(estimate(after([]))).toBe(500))

  test('is its rating while it never reported anything', () => expect(estimate(emptyMemory('aws', RATING))).toBe(RATING))

  test('is its goodput once it fails beyond its budget', () => expect(estimate(after([failing(60)]))).toBeCloseTo(240))

  test('is not cut by failures within the budget and its noise', () => {
    // 18,000 requests: a budget of 180, three standard deviations of √180, and one.
    expect(after([failing(221 / 60)]).isBad).toBe(false)
    expect(after([failing(222 / 60)]).isBad).toBe(true)
  })

  test('never falls below the floor', () => expect(estimate(after([failing(300)]))).toBe(estimator.floor * 500))

  test('follows reported capacity when that falls below what failures taught', () => {
    expect(estimate(after([failing(60), { ...failing(0, 150), capacity: 100 }]))).toBe(100)
  })

  test('counts load ÷ utilisation, where utilisation says something', () => {
    expect(estimate(after([{ utilisation: 0.9 }, { utilisation: 0.9 }]))).toBeCloseTo(300 / 0.9)
    expect(estimate(after([{ utilisation: 0.15, load: 30 }]))).toBe(500)
  })

  test('is raised by a utilisation so low that the old estimate cannot be true', () => {
    const busy = after([{ utilisation: 0.9 }])
    const idle = advanceWindow(busy, aReading(11, { utilisation: 0.1, load: 90 }), CONTEXT)
    expect(estimate(idle)).toBeCloseTo(90 / 0.2)
  })
})

describe('the undershoot that drains the backlog', () => {
  test('is ten times the failed part in the first bad window', () =>
    expect(after([failing(15)]).softLimit).toBeCloseTo((1 - 10 * 0.05) * 300))
  test('is three times the failed part in later ones', () =>
    expect(after([failing(15), failing(15)]).softLimit).toBeCloseTo((1 - 3 * 0.05) * 300))
  test('is never negative', () => expect(after([failing(60)]).softLimit).toBe(0))
  test('is none when the load had surged, because then no capacity was lost', () =>
    expect(after([failing(45, 450)]).softLimit).toBeCloseTo(0.9 * 450))
  test('ends with the first clean window', () => expect(after([failing(60), {}]).softLimit).toBeUndefined())
})

describe('a limit that failures taught', () => {
  const clean = (minutes: number, load = 200) => Array.from({ length: minutes }, () => ({ load }))
  const limitAfter = (minutes: number) => after([failing(60), ...clean(minutes)]).limit

  test('stays for five minutes of clean windows', () => expect(limitAfter(4)).toBeCloseTo(240))
  test('grows by a hundredth a minute after that', () => expect(limitAfter(6)).toBeCloseTo(240 * 1.01 ** 2))
  test('is lifted at once to a load that was served', () => expect(after([failing(60), ...clean(2, 280)]).limit).toBeGreaterThan(270))
  test('grows ten times as fast once the load is well above what it could serve', () => {
    const memory = after([failing(60), ...clean(5, 280)])
    const before = memory.limit ?? 0
    expect(advanceWindow(memory, aReading(16, { load: 280 }), CONTEXT).limit).toBeCloseTo(before * 1.1)
  })

  test('ends when it reaches what the provider reports', () => {
    expect(after([failing(60), ...clean(90)]).limit).toBeUndefined()
  })

  test('waits twice as long after a probe of more load that failed', () => {
    const raised = [failing(60), ...clean(8), failing(60), ...clean(8)]
    expect(after(raised).failedProbes).toBe(1)
    expect(after(raised).limit).toBeCloseTo(after(raised.slice(0, -1)).limit ?? 0)
    expect(after([...raised, ...clean(4)]).limit).toBeGreaterThan(240)
  })

  test('is not learned while the check is red, nor from a window that a red check touched', () => {
    const green = after([])
    expect(advanceWindow({ ...green, redSince: 1 }, aReading(11, failing(60)), CONTEXT).limit).toBeUndefined()
    expect(advanceWindow({ ...green, greenSince: 60 * 111 - 30 }, aReading(11, failing(60)), CONTEXT).limit).toBeUndefined()
    expect(advanceWindow({ ...green, greenSince: 60 * 110 }, aReading(11, failing(60)), CONTEXT).limit).toBeCloseTo(240)
  })
})

describe('a window', () => {
  test('is integrated once', () => {
    const memory = after([failing(60)])
    expect(advanceWindow(memory, aReading(10, failing(60)), CONTEXT)).toBe(memory)
    expect(advanceWindow(memory, aReading(9, failing(60)), CONTEXT)).toBe(memory)
  })

  test('that does not exist changes nothing', () => {
    const memory = after([])
    expect(advanceWindow(memory, aReading(11, { windowEnd: undefined }), CONTEXT)).toBe(memory)
  })

  test('without load or errors teaches capacity only', () => {
    const memory = advanceWindow(after([]), aReading(11, { load: undefined, capacity: 200 }), CONTEXT)
    expect(memory.capacity?.value).toBe(200)
    expect(memory.load?.value).toBe(300)
    expect(memory.isBad).toBe(false)
  })

  test('remembers the most the provider was ever able to serve', () => {
    expect(after([{ capacity: 900 }, { capacity: 400 }, { capacity: 400 }]).nominal).toBe(900)
  })
})
