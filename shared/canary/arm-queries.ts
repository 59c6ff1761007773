// Which metrics tell what both arms of a canary did, provider by provider, in counts per minute.
import type { CanarySubject } from '#model/canary.ts'
import type { Configuration } from '#model/configuration.ts'
import { endpointsFor } from '#model/endpoints-for.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { JudgedMetric, JudgeSettings } from '#model/judge-settings.ts'
import { type MetricQuery, type MetricSource, slowerStat } from '#model/metric.ts'
import type { Provider } from '#model/provider.ts'

export const MINUTE_SECONDS = 60

export type Arm = 'canary' | 'control'
/** `latencies`: requests whose latency is known; `slower 0.25`: those that took longer than 0.25 s; `count crashes`: of the metric `crashes` of kind count. */
export type ArmCount = 'requests' | 'failures' | 'clientsFailing' | 'latencies' | `slower ${number}` | `count ${string}`

/** Counts of one arm at one provider. A provider canary has each provider in one arm only. */
export type ArmQuery = { readonly provider: string; readonly arm: Arm; readonly count: ArmCount; readonly query: MetricQuery }

const SUMS = [
  ['requests', 'Requests'],
  ['failures', 'Failures'],
  ['clientsFailing', 'FailingClients'],
] as const

type Where = Pick<Configuration, 'stage' | 'homeRegion' | 'providers'>

export function armQueries(
  subject: CanarySubject,
  hostname: HostnamePolicy,
  where: Where,
  settings: Pick<JudgeSettings, 'metrics'>,
): ArmQuery[] {
  const providers = where.providers.filter(({ name }) => hostname.providers.some(({ provider }) => provider === name))
  return providers.flatMap((provider) =>
    subject.kind === 'version' ? versionQueries(subject, provider, settings.metrics, where) : providerQueries(subject.provider, provider),
  )
}

function edgesOf(metrics: readonly JudgedMetric[]): number[] {
  return [...new Set(metrics.flatMap((metric) => (metric.kind === 'latency' ? (metric.edgesSeconds ?? []) : [])))]
}

function versionQueries(
  { service, version, from }: Extract<CanarySubject, { kind: 'version' }>,
  { name }: Provider,
  metrics: readonly JudgedMetric[],
  where: Where,
): ArmQuery[] {
  return (['canary', 'control'] as const).flatMap((arm) => {
    const of = { service, version: arm === 'canary' ? version : from }
    const ask = (count: ArmCount, metric: string, stat: MetricQuery['source']['stat']): ArmQuery => {
      const source = versionSource(of, name, metric, stat, where)
      return { provider: name, arm, count, query: { id: `${arm} ${count} ${name}`, source, periodSeconds: MINUTE_SECONDS } }
    }
    return [
      ...SUMS.map(([count, metric]) => ask(count, metric, 'Sum')),
      ...(metrics.some(({ kind }) => kind === 'latency') ? [ask('latencies', 'Latency', 'SampleCount')] : []),
      ...edgesOf(metrics).map((edge) => ask(`slower ${edge}`, 'Latency', slowerStat(edge))),
      ...metrics.flatMap(({ kind, name }) => (kind === 'count' ? [ask(`count ${name}`, name, 'Sum')] : [])),
    ]
  })
}

/** What agents publish of a version at a provider. */
export function versionSource(
  { service, version }: { readonly service: string; readonly version: string },
  provider: string,
  metric: string,
  stat: MetricQuery['source']['stat'],
  { stage, homeRegion }: Where,
): MetricQuery['source'] {
  const dimensions = { Stage: stage, Provider: provider, Service: service, Version: version }
  return { namespace: 'Sluice', metric, dimensions, stat, region: homeRegion, scale: 1 }
}

/** Only counts can be judged: a load that is given as a rate of its own making is no number of requests. */
function providerQueries(canary: string, { name, signals }: Provider): ArmQuery[] {
  const arm = name === canary ? 'canary' : 'control'
  const of = (count: ArmCount, source: MetricSource | null | undefined): ArmQuery[] =>
    source == null || source.stat !== 'Sum'
      ? []
      : [{ provider: name, arm, count, query: { id: `${arm} ${count} ${name}`, source, periodSeconds: MINUTE_SECONDS } }]
  return [...of('requests', signals.load), ...of('failures', signals.errors)]
}

/** The health checks of the side that a rollback goes to; empty where a provider, not a version, is shifted. */
export function stableCheckQueries(subject: CanarySubject, hostname: HostnamePolicy, where: Where): MetricQuery[] {
  return subject.kind === 'provider' ? [] : checkQueries(subject.from, hostname, where).map(({ query }) => query)
}

/** The health checks of a version's endpoints, wherever the hostname is served. */
export function checkQueries(version: string, hostname: HostnamePolicy, { providers }: Where) {
  return providers.flatMap((provider) =>
    endpointsFor(hostname, provider, version).flatMap(({ name, healthCheckId }) =>
      healthCheckId === undefined ? [] : [{ provider: provider.name, endpoint: name, query: statusQuery(healthCheckId) }],
    ),
  )
}

/** Route 53 publishes health metrics in us-east-1 only (developer guide, "Monitoring health checks using CloudWatch"). */
function statusQuery(healthCheckId: string): MetricQuery {
  return {
    id: `check ${healthCheckId}`,
    source: {
      namespace: 'AWS/Route53',
      metric: 'HealthCheckStatus',
      dimensions: { HealthCheckId: healthCheckId },
      stat: 'Minimum',
      region: 'us-east-1',
      scale: 1,
    },
    periodSeconds: MINUTE_SECONDS,
  }
}
