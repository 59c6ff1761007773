// Raw datapoints → the signals of every provider: freshness, gaps and impossible values decided once, here.
import type { Configuration } from '#model/configuration.ts'
import { ingressEndpoints } from '#model/endpoints-for.ts'
import type { MetricPoint, MetricQuery, MetricSeries } from '#model/metric.ts'
import { MeasuredSignal, type Provider } from '#model/provider.ts'
import type { ProviderSignals, Signal } from '#model/signal.ts'
import { metricQueries } from './metric-queries.ts'
import { probeFromSeries } from './probe-from-series.ts'
import { queryId } from './query-id.ts'
import { closedWindows, type Freshness, signalFromSeries } from './signal-from-series.ts'

/** What a value may be; anything else counts as missing. A utilisation far above 1 is a percentage somebody forgot to scale. */
const isValid: Record<MeasuredSignal, (value: number) => boolean> = {
  capacity: (value) => value >= 0,
  load: (value) => value >= 0,
  errors: (value) => value >= 0,
  utilisation: (value) => value >= 0 && value <= 2,
  latency: (value) => value >= 0,
}

type Answered = { readonly query: MetricQuery; readonly points: readonly MetricPoint[] }

/**
 * @param series the answers to `metricQueries(configuration)`, in any order; a query without an answer counts as one without points
 * @returns one entry per configured provider, in the order of the configuration
 */
export function observe(
  configuration: Pick<Configuration, 'providers' | 'policy'>,
  series: readonly MetricSeries[],
  nowSeconds: number,
): ProviderSignals[] {
  const { metricLagSeconds: lagSeconds, freshnessSeconds } = configuration.policy.timing
  const points = new Map(series.map((one) => [one.id, one.points]))
  const answered = new Map(metricQueries(configuration).map((query) => [query.id, { query, points: points.get(query.id) ?? [] }]))
  return configuration.providers.map((provider) => observeProvider(provider, answered, { nowSeconds, lagSeconds, freshnessSeconds }))
}

function observeProvider(provider: Provider, answered: ReadonlyMap<string, Answered>, freshness: Freshness): ProviderSignals {
  const measured = (signal: MeasuredSignal) => answered.get(queryId(signal, provider.name))
  const window = commonWindow(
    MeasuredSignal.options.flatMap((signal) => measured(signal) ?? []),
    freshness,
  )
  const signal = (name: MeasuredSignal): Signal => {
    const answer = measured(name)
    if (answer === undefined) return { state: 'missing', why: 'not-configured' }
    return signalFromSeries(answer.query, answer.points, freshness, isValid[name], window)
  }
  return {
    provider: provider.name,
    probes: ingressEndpoints(provider).map(({ name }) =>
      probeFromSeries(
        {
          endpoint: name,
          status: answered.get(queryId('status', provider.name, name)),
          checkers: answered.get(queryId('checkers', provider.name, name)),
        },
        freshness,
      ),
    ),
    capacity: signal('capacity'),
    load: signal('load'),
    errors: signal('errors'),
    utilisation: signal('utilisation'),
    latency: signal('latency'),
  }
}

/** The newest window that every fresh metric of the provider has: load and errors of different minutes must not be compared. */
function commonWindow(answers: readonly Answered[], freshness: Freshness): number {
  const newest = answers
    .map(({ query, points }) => closedWindows(query, points, freshness).at(-1)?.endSeconds ?? 0)
    .filter((end) => freshness.nowSeconds - end <= freshness.freshnessSeconds)
  return Math.min(...newest, Infinity)
}
