// Where the datapoints come from.
import type { MetricQuery, MetricSeries } from '#model/metric.ts'

export interface MetricReader {
  /**
   * Points whose period starts in `[fromSeconds, toSeconds)`, one series per query, in the order of the queries.
   * A query without data gives an empty series; an error of the service is thrown.
   */
  read(queries: readonly MetricQuery[], fromSeconds: number, toSeconds: number): Promise<MetricSeries[]>
}
