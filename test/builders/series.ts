// Answers of CloudWatch to the queries of a configuration: healthy clouds unless a test says otherwise.
import type { Configuration } from '#model/configuration.ts'
import type { MetricSeries } from '#model/metric.ts'
import { metricQueries } from '#signals/metric-queries.ts'

export type CloudState = { capacity: number; load: number; errors: number; isRed: boolean; isSilent: boolean }

/** Fifteen closed minutes before `nowSeconds`, the same in each; rates in requests/s. */
export function seriesOf(configuration: Configuration, clouds: Record<string, Partial<CloudState>>, nowSeconds: number): MetricSeries[] {
  const newest = Math.floor(nowSeconds / 60) * 60 - 120
  return metricQueries(configuration).map(({ id, source }) => {
    const name = source.dimensions.Provider ?? source.dimensions.HealthCheckId?.replace('hc-', '') ?? ''
    const cloud: CloudState = { capacity: 500, load: 100, errors: 0, isRed: false, isSilent: false, ...clouds[name] }
    const value = levelOf(source.metric, cloud)
    const isAbsent = cloud.isSilent && source.namespace === 'Sluice'
    const points = isAbsent ? [] : Array.from({ length: 15 }, (_, index) => ({ at: newest - (14 - index) * 60, value }))
    return { id, points }
  })
}

function levelOf(metric: string, cloud: CloudState): number {
  switch (metric) {
    case 'HealthCheckStatus':
      return cloud.isRed ? 0 : 1
    case 'HealthCheckPercentageHealthy':
      return cloud.isRed ? 0 : 100
    case 'Capacity':
      return cloud.capacity
    case 'Requests':
      return cloud.load * 60
    case 'Failures':
      return cloud.errors * 60
    default:
      throw new RangeError(`no value for metric ${metric}`)
  }
}
