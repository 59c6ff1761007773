// Reading the datapoints of a tick where a region does not answer.
import { expect, test } from 'vitest'
import { readMetrics } from '#lambdas/rebalance/read-metrics.ts'
import type { MetricQuery } from '#model/metric.ts'

const query = (id: string, region: string): MetricQuery => ({
  id,
  periodSeconds: 60,
  source: { namespace: 'Sluice', metric: 'Requests', dimensions: {}, stat: 'Sum', region, scale: 1 },
})

test('a region that cannot be read counts as missing and takes no datapoint from another', async () => {
  const queries = [query('here', 'eu-central-1'), query('there', 'us-east-1')]
  const answer = await readMetrics(
    queries,
    { fromSeconds: 0, toSeconds: 60 },
    {
      read: async (asked) => {
        if (asked.some(({ source }) => source.region === 'us-east-1')) throw new Error('down')
        return asked.map(({ id }) => ({ id, points: [{ at: 0, value: 7 }] }))
      },
    },
  )
  expect(answer).toEqual({
    series: [
      { id: 'here', points: [{ at: 0, value: 7 }] },
      { id: 'there', points: [] },
    ],
    unread: [
      { code: 'metrics-unread', sentence: 'the metrics of us-east-1 could not be read, so all of them count as missing: Error: down' },
    ],
  })
})
