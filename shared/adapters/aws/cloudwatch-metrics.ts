// CloudWatch behind the MetricReader port: all queries of a tick in as few GetMetricData calls as the limit allows.
import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { MetricPoint, MetricQuery, MetricSeries } from '#model/metric.ts'
import type { MetricReader } from '#ports/metric-reader.ts'

/** GetMetricData: at most 500 queries a call (CloudWatch API reference). */
const QUERIES_PER_CALL = 500

/** `clientFor` gives the client of a region: health check metrics live in us-east-1 only. */
export function cloudwatchMetrics(clientFor: (region: string) => CloudWatchClient): MetricReader {
  return {
    read: async (queries, fromSeconds, toSeconds) => {
      const points = new Map<string, MetricPoint[]>(queries.map(({ id }) => [id, []]))
      const batches = [...Map.groupBy(queries, ({ source }) => source.region)].flatMap(([region, group]) =>
        chunks(group, QUERIES_PER_CALL).map((batch) => ({ region, batch })),
      )
      await Promise.all(batches.map(({ region, batch }) => readBatch(clientFor(region), batch, fromSeconds, toSeconds, points)))
      return queries.map(({ id }): MetricSeries => ({ id, points: (points.get(id) ?? []).toSorted((a, b) => a.at - b.at) }))
    },
  }
}

async function readBatch(
  client: CloudWatchClient,
  batch: readonly MetricQuery[],
  fromSeconds: number,
  toSeconds: number,
  points: Map<string, MetricPoint[]>,
) {
  let nextToken: string | undefined
  do {
    const page = await client.send(
      new GetMetricDataCommand({
        // The id of a query must begin with a lower-case letter and hold no hyphen; its place in the batch does.
        MetricDataQueries: batch.map((query, index) => dataQuery(`q${index}`, query)),
        StartTime: new Date(fromSeconds * 1000),
        EndTime: new Date(toSeconds * 1000),
        ScanBy: 'TimestampAscending',
        NextToken: nextToken,
      }),
    )
    for (const { Id, Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      const query = batch[Number(Id?.slice(1))]
      if (query === undefined) continue
      points.get(query.id)?.push(...Values.map((value, index) => ({ at: (Timestamps[index]?.getTime() ?? Number.NaN) / 1000, value })))
    }
    nextToken = page.NextToken
  } while (nextToken !== undefined)
}

function dataQuery(Id: string, { source, periodSeconds }: MetricQuery): MetricDataQuery {
  return {
    Id,
    ReturnData: true,
    MetricStat: {
      Metric: {
        Namespace: source.namespace,
        MetricName: source.metric,
        Dimensions: Object.entries(source.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: source.stat,
    },
  }
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
}
