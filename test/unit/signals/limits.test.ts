// What a signal may be, how old, and at which window: the edges at which a value becomes missing.
import { describe, expect, test } from 'vitest'
import type { MetricPoint, MetricQuery } from '#model/metric.ts'
import { MeasuredSignal } from '#model/provider.ts'
import { metricQueries, metricWindow } from '#signals/metric-queries.ts'
import { observe } from '#signals/observe.ts'
import { probeFromSeries } from '#signals/probe-from-series.ts'
import { signalFromSeries } from '#signals/signal-from-series.ts'
import { aConfiguration, aProvider } from '#test/builders/configuration.ts'

const END = 1_700_000_040
const source = { namespace: 'X', metric: 'Y', dimensions: {}, stat: 'Average' as const, region: 'eu-central-1', scale: 1 }
const query: MetricQuery = { id: 'q', source, periodSeconds: 60 }
const ending = (value: number, end = END): MetricPoint => ({ at: end - 60, value })
const anything = () => true

describe('the newest window', () => {
  const freshness = { nowSeconds: END + 60, lagSeconds: 60, freshnessSeconds: 180 }

  test('is closed exactly one metric lag after its end', () => {
    expect(signalFromSeries(query, [ending(5)], freshness, anything)).toMatchObject({ state: 'present', value: 5 })
    expect(signalFromSeries(query, [ending(5)], { ...freshness, nowSeconds: END + 59 }, anything)).toEqual({
      state: 'missing',
      why: 'none',
    })
  })

  test('is fresh up to the freshness, and stale beyond it', () => {
    expect(signalFromSeries(query, [ending(5)], { ...freshness, nowSeconds: END + 180 }, anything).state).toBe('present')
    expect(signalFromSeries(query, [ending(5)], { ...freshness, nowSeconds: END + 181 }, anything)).toEqual({
      state: 'missing',
      why: 'stale',
      lastObservedAt: END,
    })
  })

  test('that came after the window all have in common does not count', () => {
    expect(signalFromSeries(query, [ending(5), ending(6, END + 60)], { ...freshness, lagSeconds: 0 }, anything, END)).toMatchObject({
      value: 5,
    })
  })

  test('is none when all windows are newer than the one in common', () => {
    expect(signalFromSeries(query, [ending(5)], freshness, anything, END - 60)).toEqual({ state: 'missing', why: 'none' })
  })
})

describe('a value of', () => {
  const everything = aProvider({
    signals: { capacity: source, load: source, errors: source, utilisation: source, latency: source },
  })
  const configuration = aConfiguration({ providers: [everything, aProvider({ name: 'hetzner' })] })
  const stateOf = (signal: MeasuredSignal, value: number) =>
    observe(configuration, [{ id: `${signal}_aws`, points: [ending(value)] }], END + 60)[0]?.[signal].state

  test.each(MeasuredSignal.options)('%s may be 0 and may not be negative', (signal) => {
    expect(stateOf(signal, 0)).toBe('present')
    expect(stateOf(signal, 1)).toBe('present')
    expect(stateOf(signal, -0.001)).toBe('missing')
  })

  test('utilisation may be twice the capacity; more is a percentage', () => {
    expect(stateOf('utilisation', 2)).toBe('present')
    expect(stateOf('utilisation', 2.001)).toBe('missing')
  })

  test('a metric that was silent for just the freshness still tells which window all have in common', () => {
    const series = [
      { id: 'load_aws', points: [ending(100, END), ending(110, END + 60), ending(120, END + 120)] },
      { id: 'errors_aws', points: [ending(1, END)] },
    ]
    const at = (nowSeconds: number) => observe(configuration, series, nowSeconds)[0]?.load
    expect(at(END + 180)).toMatchObject({ value: 100, observedAt: END })
    expect(at(END + 181)).toMatchObject({ value: 120, observedAt: END + 120 })
  })
})

describe('a probe', () => {
  const freshness = { nowSeconds: END, lagSeconds: 60, freshnessSeconds: 180 }
  const answered = (...values: number[]) => ({ query, points: values.map((value, i) => ending(value, END - 60 * (values.length - 1 - i))) })
  const old = (value: number, seconds: number) => ({ query, points: [ending(value, END - seconds)] })

  test('has a verdict up to the freshness after its window, and none beyond', () => {
    expect(probeFromSeries({ endpoint: 'edge', status: old(1, 180) }, freshness)).toMatchObject({ state: 'green', since: END - 240 })
    expect(probeFromSeries({ endpoint: 'edge', status: old(1, 181) }, freshness)).toMatchObject({ state: 'unknown', since: END })
  })

  test('that nobody answered is unknown, and its fraction of checkers not configured', () => {
    expect(probeFromSeries({ endpoint: 'edge' }, freshness)).toEqual({
      endpoint: 'edge',
      fraction: { state: 'missing', why: 'not-configured' },
      state: 'unknown',
      since: END,
    })
  })

  test.each([0, 1])('may be seen by a fraction of %s of the checkers', (fraction) => {
    expect(probeFromSeries({ endpoint: 'edge', checkers: answered(fraction) }, freshness).fraction).toMatchObject({ value: fraction })
  })

  test.each([-0.01, 1.01])('cannot be seen by a fraction of %s of the checkers', (fraction) => {
    expect(probeFromSeries({ endpoint: 'edge', checkers: answered(fraction) }, freshness)).toMatchObject({
      fraction: { state: 'missing', why: 'invalid' },
      state: 'unknown',
    })
  })

  test('judged by its checkers has been so since the window they were asked in', () => {
    expect(probeFromSeries({ endpoint: 'edge', checkers: answered(0.1) }, freshness)).toMatchObject({ state: 'red', since: END - 60 })
  })

  test('has been what it is since the first of the points, when it never was anything else', () => {
    expect(probeFromSeries({ endpoint: 'edge', status: answered(0, 0, 0) }, freshness)).toMatchObject({ state: 'red', since: END - 180 })
  })
})

describe('what a tick reads', () => {
  test('is fifteen minutes back and the minute that runs', () => {
    const minute = 1_700_000_040
    expect(metricWindow(minute)).toEqual({ fromSeconds: minute - 900, toSeconds: minute + 60 })
    expect(metricWindow(minute + 59)).toEqual({ fromSeconds: minute - 900, toSeconds: minute + 60 })
  })

  test('leaves out endpoints without a health check', () => {
    const bare = aProvider({ endpoints: [{ name: 'edge', address: { ipv4: '192.0.2.10' } }] })
    expect(metricQueries(aConfiguration({ providers: [bare, aProvider({ name: 'hetzner' })] })).map(({ id }) => id)).toEqual([
      'capacity_aws',
      'load_aws',
      'errors_aws',
      'status_hetzner_edge',
      'checkers_hetzner_edge',
      'capacity_hetzner',
      'load_hetzner',
      'errors_hetzner',
    ])
  })

  test('asks for the percentage of checkers as a mean, and makes a fraction of it', () => {
    expect(metricQueries(aConfiguration())[1]?.source).toMatchObject({
      metric: 'HealthCheckPercentageHealthy',
      stat: 'Average',
      scale: 0.01,
    })
  })
})
