// Which metrics tell what both arms of a canary did, provider by provider, in counts per minute.
import type { CanarySubject } from '#model/canary.ts'
import type { Configuration } from '#model/configuration.ts'
import { endpointsFor } from '#model/endpoints-for.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { MetricQuery, MetricSource } from '#model/metric.ts'
import type { Provider } from '#model/provider.ts'

export const MINUTE_SECONDS = 60

export type Arm = 'canary' | 'control'
export const ARM_COUNTS = ['requests', 'failures', 'clientsFailing'] as const
export type ArmCount = (typeof ARM_COUNTS)[number]

/** Counts of one arm at one provider. A provider canary has each provider in one arm only. */
export type ArmQuery = { readonly provider: string; readonly arm: Arm; readonly count: ArmCount; readonly query: MetricQuery }

const METRICS: Readonly<Record<ArmCount, string>> = { requests: 'Requests', failures: 'Failures', clientsFailing: 'FailingClients' }

type Where = Pick<Configuration, 'stage' | 'homeRegion' | 'providers'>

export function armQueries(subject: CanarySubject, hostname: HostnamePolicy, where: Where): ArmQuery[] {
  const providers = where.providers.filter(({ name }) => hostname.providers.some(({ provider }) => provider === name))
  return providers.flatMap((provider) =>
    subject.kind === 'version' ? versionQueries(subject, provider, where) : providerQueries(subject.provider, provider),
  )
}

function versionQueries(
  { service, version, from }: Extract<CanarySubject, { kind: 'version' }>,
  { name }: Provider,
  { stage, homeRegion }: Where,
): ArmQuery[] {
  return (['canary', 'control'] as const).flatMap((arm) =>
    ARM_COUNTS.map((count) => {
      const source: MetricSource = {
        namespace: 'Sluice',
        metric: METRICS[count],
        dimensions: { Stage: stage, Provider: name, Service: service, Version: arm === 'canary' ? version : from },
        stat: 'Sum',
        region: homeRegion,
        scale: 1,
      }
      return { provider: name, arm, count, query: { id: `${arm} ${count} ${name}`, source, periodSeconds: MINUTE_SECONDS } }
    }),
  )
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
export function stableCheckQueries(subject: CanarySubject, hostname: HostnamePolicy, { providers }: Where): MetricQuery[] {
  if (subject.kind === 'provider') return []
  return providers
    .flatMap((provider) => endpointsFor(hostname, provider, subject.from))
    .flatMap(({ healthCheckId }) => (healthCheckId === undefined ? [] : [statusQuery(healthCheckId)]))
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
