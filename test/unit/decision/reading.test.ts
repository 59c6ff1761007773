// What one provider's signals say, taken together.
import { describe, expect, test } from 'vitest'
import { reading } from '#decision/reading.ts'
import type { ProbeSignal, ProviderSignals } from '#model/signal.ts'
import { aProvider } from '#test/builders/configuration.ts'
import { aSignal, MISSING } from '#test/builders/steering.ts'

const NOW = 1_000
const probe = (state: ProbeSignal['state'], since: number): ProbeSignal => ({ endpoint: 'edge', fraction: MISSING, state, since })
const signals = (overrides: Partial<ProviderSignals> = {}): ProviderSignals => ({
  provider: 'aws',
  probes: [probe('green', 100)],
  capacity: aSignal(500, 900),
  load: aSignal(300, 900),
  errors: aSignal(3, 900),
  utilisation: aSignal(0.6, 900),
  latency: MISSING,
  ...overrides,
})

test('gives every value, its window, and nothing as missing', () => {
  expect(reading(aProvider(), signals(), NOW)).toEqual({
    name: 'aws',
    probe: { state: 'green', since: 100 },
    windowEnd: 900,
    windowSeconds: 60,
    capacity: 500,
    load: 300,
    errors: 3,
    utilisation: 0.6,
    required: 4,
    missing: [],
  })
})

test('a provider that nobody heard of misses everything that is required', () => {
  expect(reading(aProvider(), undefined, NOW)).toEqual({
    name: 'aws',
    probe: { state: 'unknown', since: NOW },
    windowEnd: undefined,
    windowSeconds: 60,
    capacity: undefined,
    load: undefined,
    errors: undefined,
    utilisation: undefined,
    required: 4,
    missing: ['probe', 'capacity', 'load', 'errors'],
  })
})

test('what is not configured is not required', () => {
  const provider = aProvider({ signals: { ...aProvider().signals, capacity: null } })
  const { required, missing } = reading(provider, signals({ capacity: MISSING, errors: MISSING }), NOW)
  expect({ required, missing }).toEqual({ required: 3, missing: ['errors'] })
})

describe('the window', () => {
  test('is the newest of any signal', () => {
    const windows = signals({ capacity: aSignal(500, 840), load: aSignal(300, 870, 30), errors: MISSING, utilisation: aSignal(1, 860) })
    expect(reading(aProvider(), windows, NOW)).toMatchObject({ windowEnd: 870, windowSeconds: 30 })
  })

  test.each(['capacity', 'load', 'errors', 'utilisation'] as const)('may be that of %s alone', (name) => {
    const silent = { capacity: MISSING, load: MISSING, errors: MISSING, utilisation: MISSING }
    expect(reading(aProvider(), signals({ ...silent, [name]: aSignal(1, 850) }), NOW)).toMatchObject({ windowEnd: 850, [name]: 1 })
  })
})

describe('the checks of several endpoints', () => {
  const verdict = (...probes: ProbeSignal[]) => reading(aProvider(), signals({ probes }), NOW).probe
  test('are green as long as one is, since the first of them', () => {
    expect(verdict(probe('red', 500), probe('green', 300), probe('green', 200))).toEqual({ state: 'green', since: 200 })
  })
  test('are red when all are, since the last of them', () => {
    expect(verdict(probe('red', 500), probe('red', 700))).toEqual({ state: 'red', since: 700 })
  })
  test('are unknown when one is unknown and none is green', () => {
    expect(verdict(probe('red', 500), probe('unknown', 600))).toEqual({ state: 'unknown', since: NOW })
  })
  test('are unknown when there are none', () => expect(verdict()).toEqual({ state: 'unknown', since: NOW }))
})
