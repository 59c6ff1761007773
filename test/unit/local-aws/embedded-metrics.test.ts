// Log lines in the embedded metric format become metrics; others do not.
import { expect, it } from 'vitest'
import { ingestEmbeddedMetrics } from '#local/aws/cloudwatch/embedded-metrics.ts'
import { createMetricStore } from '#local/aws/cloudwatch/metric-store.ts'
import { statistic } from '#local/aws/cloudwatch/statistics.ts'

const AT = 1_800_000_000
const line = (overrides: Record<string, unknown> = {}, metrics: unknown = [{ Name: 'TickMs', Unit: 'Milliseconds' }]) =>
  JSON.stringify({
    _aws: {
      Timestamp: AT * 1000 + 1500,
      CloudWatchMetrics: [{ Namespace: 'Sluice', Dimensions: [['service', 'stage'], []], Metrics: metrics }],
    },
    service: 'rebalance',
    stage: 'test',
    TickMs: 12,
    ...overrides,
  })

function ingested(...lines: string[]) {
  const store = createMetricStore({ nowSeconds: () => AT }, { publishingLagSeconds: 0 })
  for (const one of lines) ingestEmbeddedMetrics(store, 'us-east-1', one)
  const read = (dimensions: Record<string, string>, stat: string) => {
    const bucket = store.read({ region: 'us-east-1', namespace: 'Sluice', metric: 'TickMs', dimensions }, AT, AT + 60, 60).get(AT)
    return bucket && statistic(bucket, stat)
  }
  return { read, count: store.list('us-east-1').length }
}

it('one metric for each set of dimensions, in the minute of its timestamp', () => {
  const { read, count } = ingested(line(), line({ TickMs: 20 }))
  expect(read({ service: 'rebalance', stage: 'test' }, 'Average')).toBe(16)
  expect(read({}, 'SampleCount')).toBe(2)
  expect(count).toBe(2)
})

it('a list of values gives percentiles', () => {
  expect(ingested(line({ TickMs: [1, 2, 3, 4] })).read({}, 'p50')).toBe(2)
})

it.each([
  ['plain text', 'tick done'],
  ['JSON without metrics', '{"level":"INFO","message":"_aws"}'],
  ['broken JSON', '{"_aws":{'],
  ['a metric whose target is missing', line({ TickMs: undefined })],
  ['a metric whose target is text', line({ TickMs: '12' })],
])('%s is no metric', (_, text) => {
  expect(ingested(text).count).toBe(0)
})
