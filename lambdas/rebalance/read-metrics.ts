// The datapoints of a tick. A region that cannot be read counts as missing: an operator's order and every other region go on without it.
import type { MetricQuery, MetricSeries } from '#model/metric.ts'
import type { Reason } from '#model/reason.ts'
import type { MetricReader } from '#ports/metric-reader.ts'

/** `unread`: one reason for each region that could not be read. */
export type ReadMetrics = { readonly series: readonly MetricSeries[]; readonly unread: readonly Reason[] }

export async function readMetrics(
  queries: readonly MetricQuery[],
  { fromSeconds, toSeconds }: { readonly fromSeconds: number; readonly toSeconds: number },
  metrics: MetricReader,
): Promise<ReadMetrics> {
  const unread: Reason[] = []
  const series = await Promise.all(
    [...Map.groupBy(queries, ({ source }) => source.region)].map(async ([region, group]) => {
      try {
        return await metrics.read(group, fromSeconds, toSeconds)
      } catch (error) {
        const sentence = `the metrics of ${region} could not be read, so all of them count as missing: ${error}`
        unread.push({ code: 'metrics-unread', sentence })
        return group.map(({ id }): MetricSeries => ({ id, points: [] }))
      }
    }),
  )
  return { series: series.flat(), unread }
}
