// From datapoints to signals: what is present, what is missing and why, and what the probes say.
import { describe, expect, test } from 'vitest'
import type { MetricPoint } from '#model/metric.ts'
import type { Signal } from '#model/signal.ts'
import { metricQueries } from '#signals/metric-queries.ts'
import { observe } from '#signals/observe.ts'
import { aConfiguration, aProvider } from '#test/builders/configuration.ts'

const NOW = 1_700_000_055
/** The newest window that ended a metric lag (60 s) ago: it began at 1 699 999 920. */
const END = 1_699_999_980

function minutes(values: readonly (number | undefined)[], end = END): MetricPoint[] {
  return values.flatMap((value, i) => (value === undefined ? [] : [{ at: end - 60 * (values.length - i), value }]))
}

/** What `observe` makes of one provider when the named query answers `points` and every other one nothing. */
function observed(id: string, points: readonly MetricPoint[], provider = aProvider()) {
  const configuration = aConfiguration({ providers: [provider, aProvider({ name: 'hetzner' })] })
  const [signals] = observe(configuration, [{ id, points }], NOW)
  if (signals === undefined) throw new Error('no signals for the first provider')
  return signals
}

const withUtilisation = aProvider({
  signals: {
    ...aProvider().signals,
    utilisation: { namespace: 'X', metric: 'Cpu', dimensions: {}, stat: 'Average', region: 'eu-central-1', scale: 0.01 },
  },
})

describe('a measured signal', () => {
  const cases: { name: string; points: MetricPoint[]; expected: Partial<Signal> }[] = [
    {
      name: 'is the newest closed window',
      points: minutes([480, 490, 500]),
      expected: { state: 'present', value: 500, observedAt: END, windowSeconds: 60 },
    },
    {
      name: 'leaves out a window that ended less than the metric lag ago, because publishers may still add to it',
      points: [...minutes([480, 490]), { at: END, value: 10 }],
      expected: { state: 'present', value: 490, observedAt: END },
    },
    { name: 'is missing when nothing ever came', points: [], expected: { state: 'missing', why: 'none' } },
    {
      name: 'is missing when it is older than the freshness',
      points: minutes([500, 500], END - 180),
      expected: { state: 'missing', why: 'stale', lastObservedAt: END - 180 },
    },
    {
      name: 'is missing after a gap, because two windows may have been counted as one',
      points: minutes([500, undefined, 500]),
      expected: { state: 'missing', why: 'gap' },
    },
    { name: 'counts when it is the first there is', points: minutes([500]), expected: { state: 'present', value: 500 } },
    { name: 'is missing when it is negative', points: minutes([500, -1]), expected: { state: 'missing', why: 'invalid' } },
    { name: 'is missing when it is not a number', points: minutes([500, Number.NaN]), expected: { state: 'missing', why: 'invalid' } },
    {
      name: 'is missing when it is infinite',
      points: minutes([500, Number.POSITIVE_INFINITY]),
      expected: { state: 'missing', why: 'invalid' },
    },
    { name: 'may really be 0', points: minutes([500, 0]), expected: { state: 'present', value: 0 } },
  ]
  test.each(cases)('$name', ({ points, expected }) => {
    expect(observed('capacity_aws', points).capacity).toMatchObject(expected)
  })

  test('that is a sum becomes a rate', () => {
    expect(observed('load_aws', minutes([6000, 6600])).load).toMatchObject({ value: 110 })
  })

  test('is scaled into its unit', () => {
    expect(observed('utilisation_aws', minutes([40, 55]), withUtilisation).utilisation).toMatchObject({ value: 0.55 })
  })

  test('far beyond its unit is missing and not a very busy provider', () => {
    const percent = aProvider({
      signals: {
        ...withUtilisation.signals,
        utilisation: { namespace: 'X', metric: 'Cpu', dimensions: {}, stat: 'Average', region: 'eu-central-1', scale: 1 },
      },
    })
    expect(observed('utilisation_aws', minutes([40, 55]), percent).utilisation).toMatchObject({ state: 'missing', why: 'invalid' })
  })

  test('that no metric is configured for says so', () => {
    expect(observed('capacity_aws', minutes([500])).utilisation).toEqual({ state: 'missing', why: 'not-configured' })
  })

  test('is read at a window that load and errors have in common', () => {
    const configuration = aConfiguration()
    const [signals] = observe(
      configuration,
      [
        { id: 'load_aws', points: minutes([6000, 6000, 3000]) },
        { id: 'errors_aws', points: minutes([0, 60], END - 60) },
      ],
      NOW,
    )
    expect(signals?.load).toMatchObject({ value: 100, observedAt: END - 60 })
    expect(signals?.errors).toMatchObject({ value: 1, observedAt: END - 60 })
  })
})

describe('a probe', () => {
  const status = (values: (number | undefined)[], end = END + 60) => observed('status_aws_edge', minutes(values, end)).probes[0]
  test('is green when Route 53 says 1', () => expect(status([1, 1])).toMatchObject({ state: 'green', since: END - 60 }))
  test('is red since the first 0 of the last run of them', () =>
    expect(status([0, 1, 0, 0])).toMatchObject({ state: 'red', since: END - 60 }))
  test('is read without the lag of counted metrics', () => expect(status([1, 1, 0], END + 60)).toMatchObject({ state: 'red' }))
  test('is unknown when its newest verdict is too old', () => expect(status([1, 1], END - 180)).toMatchObject({ state: 'unknown' }))
  test('is unknown when nothing is known', () => expect(status([])).toMatchObject({ state: 'unknown' }))
  test('ignores a value that is no verdict', () => expect(status([1, 0.5])).toMatchObject({ state: 'green' }))

  const checkers = (values: number[]) => observed('checkers_aws_edge', minutes(values)).probes[0]
  test('takes the fraction of checkers for the verdict when the status is missing: 18 % is not healthy', () =>
    expect(checkers([100, 18])).toMatchObject({ state: 'red' }))
  test('takes the fraction of checkers for the verdict when the status is missing: above 18 % is healthy', () =>
    expect(checkers([100, 19])).toMatchObject({ state: 'green' }))
  test('gives the fraction of checkers as 0–1', () => expect(checkers([100, 50])?.fraction).toMatchObject({ value: 0.5 }))

  test('of an endpoint without a health check is unknown', () => {
    const bare = aProvider({ endpoints: [{ name: 'edge', address: { ipv4: '192.0.2.10' } }] })
    expect(observed('x', [], bare).probes[0]).toMatchObject({ state: 'unknown', fraction: { why: 'not-configured' } })
  })
})

describe('the queries of a tick', () => {
  test('are one batch: two per health check and one per configured signal of each provider', () => {
    expect(metricQueries(aConfiguration()).map(({ id }) => id)).toEqual([
      'status_aws_edge',
      'checkers_aws_edge',
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

  test('have ids CloudWatch allows, different for different names', () => {
    const ids = ['a-b', 'a', 'ab'].flatMap((name) =>
      metricQueries(
        aConfiguration({
          providers: [
            aProvider({
              name,
              endpoints: ['b-c', 'c'].map((endpoint) => ({ name: endpoint, address: { ipv4: '192.0.2.1' }, healthCheckId: 'x' })),
            }),
          ],
        }),
      ).map(({ id }) => id),
    )
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z][a-zA-Z0-9_]{0,254}$/)
  })

  test('ask Route 53 for its verdict in us-east-1, where its metrics live', () => {
    expect(metricQueries(aConfiguration())[0]).toEqual({
      id: 'status_aws_edge',
      periodSeconds: 60,
      source: {
        namespace: 'AWS/Route53',
        metric: 'HealthCheckStatus',
        dimensions: { HealthCheckId: 'hc-aws' },
        stat: 'Minimum',
        region: 'us-east-1',
        scale: 1,
      },
    })
  })
})
