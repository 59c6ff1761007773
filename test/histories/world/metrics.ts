// CloudWatch for a history: answers the queries of a configuration from the minutes that the clouds published.
import type { MetricPoint, MetricQuery, MetricSeries } from '#model/metric.ts'
import type { MetricReader } from '#ports/metric-reader.ts'
import type { Cloud, Minute } from './clouds.ts'

/** @param bornAt when a health check was made, epoch seconds: it says nothing about the time before */
export function metricsOf(
  clouds: readonly Cloud[],
  cloudOfCheck: (healthCheckId: string) => string | undefined,
  bornAt: (healthCheckId: string) => number,
  nowSeconds: () => number,
): MetricReader['read'] {
  const byName = new Map(clouds.map((cloud) => [cloud.setup.name, cloud]))
  const points = ({ source }: MetricQuery, from: number, to: number): MetricPoint[] => {
    const check = source.dimensions.HealthCheckId
    const name = check === undefined ? source.dimensions.Provider : cloudOfCheck(check)
    const since = Math.max(from, check === undefined ? 0 : bornAt(check))
    const minutes = byName.get(name ?? '')?.minutes ?? []
    const found: MetricPoint[] = []
    for (let index = minutes.length - 1; index >= 0; index--) {
      const minute = minutes[index]
      if (minute === undefined || minute.at < since) break
      const value = valueIn(source.metric, minute)
      if (minute.at < to && minute.at + 60 <= nowSeconds() && value !== undefined) found.push({ at: minute.at, value })
    }
    return found.reverse()
  }
  return async (queries, from, to): Promise<MetricSeries[]> => queries.map((query) => ({ id: query.id, points: points(query, from, to) }))
}

function valueIn(metric: string, minute: Minute): number | undefined {
  switch (metric) {
    case 'HealthCheckStatus':
      return minute.probe
    case 'HealthCheckPercentageHealthy':
      return minute.probe === undefined ? undefined : minute.probe * 100
    case 'Capacity':
      return minute.capacity
    case 'Requests':
      return minute.load === undefined ? undefined : minute.load * 60
    case 'Failures':
      return minute.errors === undefined ? undefined : minute.errors * 60
    default:
      throw new RangeError(`no value for metric ${metric}`)
  }
}
