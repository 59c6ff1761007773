// What an agent says of one minute: the metrics the configuration reads, in the unit and under the name it reads them; and what each version did.
import type { MeasuredSignal, Provider } from '#model/provider.ts'
import type { Latencies, MinuteCounts, VersionMinute } from './cloud-spec.ts'

export type Datum = {
  readonly region: string
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  /** A count or a gauge, or how often each latency was seen. */
  readonly value: number | Latencies
}

const MINUTE_SECONDS = 60

/** Whether a service of AWS publishes it: PutMetricData refuses namespaces that begin with `AWS/` (CloudWatch API reference, PutMetricData). */
export function isOfService({ namespace }: { readonly namespace: string }): boolean {
  return namespace.startsWith('AWS/')
}

/** Values of signals whose source is null are not published. Counts of the simulation are multiplied by what a request stands for. */
export function minuteMetrics(
  provider: Provider,
  counts: MinuteCounts,
  requestsPerRequest: number,
): (Datum & { readonly value: number })[] {
  const values: Record<MeasuredSignal, number> = {
    load: (counts.requests * requestsPerRequest) / MINUTE_SECONDS,
    errors: (counts.failures * requestsPerRequest) / MINUTE_SECONDS,
    capacity: counts.reportedCapacity * requestsPerRequest,
    utilisation: counts.utilisation,
    latency: counts.latencyP99Seconds,
  }
  return Object.entries(provider.signals).flatMap(([signal, source]) => {
    if (source === null || source === undefined) return []
    const { region, namespace, metric, dimensions, scale, stat } = source
    const inUnit = values[signal as MeasuredSignal] / scale
    // A sum is read back divided by its period: a rate is published as the minute's count.
    return [{ region, namespace, metric, dimensions, value: stat === 'Sum' ? inUnit * MINUTE_SECONDS : inUnit }]
  })
}

/** Where the judge of canaries looks for what the versions did; zero is a count, and is published. */
export const VERSION_NAMESPACE = 'Sluice'

export function versionMetrics(
  where: { readonly stage: string; readonly provider: string; readonly region: string },
  versions: readonly VersionMinute[],
  requestsPerRequest: number,
): Datum[] {
  return versions.flatMap(({ service, version, requests, failures, failingClients, latencies }) => {
    const dimensions = { Stage: where.stage, Provider: where.provider, Service: service, Version: version }
    const scaled = (count: number) => Math.round(count * requestsPerRequest)
    const datum = (metric: string, value: Datum['value']) => ({
      ...{ region: where.region, namespace: VERSION_NAMESPACE, metric, dimensions },
      value,
    })
    const counts = [
      datum('Requests', scaled(requests)),
      datum('Failures', scaled(failures)),
      datum('FailingClients', scaled(failingClients)),
    ]
    // There is no such thing as no latency: without requests nothing can be said of it.
    if (latencies.counts.length === 0) return counts
    return [...counts, datum('Latency', { seconds: latencies.seconds, counts: latencies.counts.map(scaled) })]
  })
}
