// What an agent publishes is what the configuration reads back as the signal.
import { expect, it } from 'vitest'
import { isOfService, minuteMetrics, versionMetrics } from '#local/clouds/minute-metrics.ts'
import type { MetricSource } from '#model/metric.ts'
import type { Provider } from '#model/provider.ts'

const source = (metric: string, over: Partial<MetricSource> = {}): MetricSource => ({
  namespace: 'Sluice',
  metric,
  dimensions: { Stage: 'prod', Provider: 'aws' },
  stat: 'Average',
  region: 'us-east-1',
  scale: 1,
  ...over,
})
const provider: Provider = {
  name: 'aws',
  rating: 40,
  endpoints: [{ name: 'main', address: { ipv4: '192.0.2.1' } }],
  healthCheck: { protocol: 'HTTP', intervalSeconds: 10, failureThreshold: 3 },
  signals: {
    load: source('Requests', { stat: 'Sum' }),
    errors: source('Failures', { stat: 'Sum' }),
    capacity: source('Capacity'),
    utilisation: source('CPUUtilization', { namespace: 'AWS/ECS', scale: 0.01 }),
    latency: null,
  },
}
const COUNTS = { requests: 600, failures: 60, latencyP99Seconds: 0.2, utilisation: 0.5, reportedCapacity: 40, versions: [] }

it('counts as the sum of the minute, gauges as they are, in the unit that is read, and null signals not at all', () => {
  const data = minuteMetrics(provider, COUNTS, 1)
  expect(Object.fromEntries(data.map(({ namespace, metric, value }) => [`${namespace} ${metric}`, value]))).toEqual({
    'Sluice Requests': 600,
    'Sluice Failures': 60,
    'Sluice Capacity': 40,
    'AWS/ECS CPUUtilization': 50,
  })
})

it('a metric in a namespace of AWS is its service’s to publish, any other the agent’s', () => {
  expect(
    minuteMetrics(provider, COUNTS, 1)
      .filter(isOfService)
      .map(({ namespace }) => namespace),
  ).toEqual(['AWS/ECS'])
})

it('a simulated request that stands for several counts as several, but utilisation does not', () => {
  const data = minuteMetrics(provider, COUNTS, 10)
  expect(data.map(({ value }) => value)).toEqual([6000, 600, 400, 50])
})

it('what a version did is told in counts of the minute, zeros too, under its own dimensions', () => {
  const where = { stage: 'prod', provider: 'aws', region: 'us-east-1' }
  const quiet = { service: 'media', version: '1.0.9', requests: 0, failures: 0, failingClients: 0, latencies: { seconds: [], counts: [] } }
  const data = versionMetrics(where, [{ ...quiet, version: '1.0.8', requests: 300, failures: 3, failingClients: 2 }, quiet], 2)
  expect(data.map(({ metric, dimensions, value }) => [metric, dimensions.Version, value])).toEqual([
    ['Requests', '1.0.8', 600],
    ['Failures', '1.0.8', 6],
    ['FailingClients', '1.0.8', 4],
    ['Requests', '1.0.9', 0],
    ['Failures', '1.0.9', 0],
    ['FailingClients', '1.0.9', 0],
  ])
  expect(data[0]).toMatchObject({
    ...{ namespace: 'Sluice', region: 'us-east-1' },
    dimensions: { Stage: 'prod', Provider: 'aws', Service: 'media', Version: '1.0.8' },
  })
})

it('what its requests took is told as a histogram, and nothing where there were none', () => {
  const where = { stage: 'prod', provider: 'aws', region: 'us-east-1' }
  const counts = { service: 'media', version: '1.0.9', requests: 5, failures: 0, failingClients: 0 }
  const data = versionMetrics(where, [{ ...counts, latencies: { seconds: [0.0574, 0.0631], counts: [4, 1] } }], 2)
  expect(data.find(({ metric }) => metric === 'Latency')?.value).toEqual({ seconds: [0.0574, 0.0631], counts: [8, 2] })
  const quiet = versionMetrics(where, [{ ...counts, requests: 0, latencies: { seconds: [], counts: [] } }], 2)
  expect(quiet.map(({ metric }) => metric)).toEqual(['Requests', 'Failures', 'FailingClients'])
})
