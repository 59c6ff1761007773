// Which metrics a tick asks for: two per health check and one per measured signal, all in one batch whatever the number of hostnames.
import type { Configuration } from '#model/configuration.ts'
import { ingressEndpoints } from '#model/endpoints-for.ts'
import type { MetricQuery, MetricSource } from '#model/metric.ts'
import { MeasuredSignal } from '#model/provider.ts'
import { queryId } from './query-id.ts'

/** Route 53 publishes the metrics of health checks once a minute, in us-east-1 only (developer guide, "Monitoring health checks using CloudWatch"). */
const PROBE_PERIOD_SECONDS = 60
const PROBE_REGION = 'us-east-1'

/** How far back a tick reads: long enough to tell since when a probe has been red. */
const LOOKBACK_SECONDS = 900

/** The queries of one tick, in a fixed order: provider by provider as configured. Endpoints without a health check are left out. */
export function metricQueries(configuration: Pick<Configuration, 'providers' | 'policy'>): MetricQuery[] {
  const periodSeconds = configuration.policy.timing.windowSeconds
  return configuration.providers.flatMap((provider) => [
    ...ingressEndpoints(provider).flatMap((endpoint) =>
      endpoint.healthCheckId === undefined ? [] : probeQueries(provider.name, endpoint.name, endpoint.healthCheckId),
    ),
    ...MeasuredSignal.options.flatMap((signal) => {
      const source = provider.signals[signal]
      return source === null ? [] : [{ id: queryId(signal, provider.name), source, periodSeconds }]
    }),
  ])
}

/** The span of time a tick reads, epoch seconds; `observe` leaves out what is not closed yet. */
export function metricWindow(nowSeconds: number): { readonly fromSeconds: number; readonly toSeconds: number } {
  const minute = Math.floor(nowSeconds / 60) * 60
  return { fromSeconds: minute - LOOKBACK_SECONDS, toSeconds: minute + 60 }
}

function probeQueries(provider: string, endpoint: string, healthCheckId: string): MetricQuery[] {
  const source = (metric: string, stat: MetricSource['stat'], scale: number): MetricSource => ({
    namespace: 'AWS/Route53',
    metric,
    dimensions: { HealthCheckId: healthCheckId },
    stat,
    region: PROBE_REGION,
    scale,
  })
  return [
    // Minimum: a minute in which the check was red at any time counts as red.
    { id: queryId('status', provider, endpoint), source: source('HealthCheckStatus', 'Minimum', 1), periodSeconds: PROBE_PERIOD_SECONDS },
    // Given in percent; the signal is a fraction.
    {
      id: queryId('checkers', provider, endpoint),
      source: source('HealthCheckPercentageHealthy', 'Average', 0.01),
      periodSeconds: PROBE_PERIOD_SECONDS,
    },
  ]
}
