// How many required signals are missing is counted once: the decision, the guard and the alarm never tell different stories.
import { expect, test } from 'vitest'
import { tell } from '#lambdas/rebalance/tell.ts'
import type { TickReport } from '#lambdas/rebalance/tick-report.ts'
import { metricQueries } from '#signals/metric-queries.ts'
import type { MetricName } from '#telemetry/metric-names.ts'
import { METRIC } from '#telemetry/metric-names.ts'
import { aConfiguration, aProvider } from '#test/builders/configuration.ts'
import { aController } from '#test/builders/controller.ts'

const ENDPOINTS = [1, 2, 3, 4]
const withFourEndpoints = (name: string, rating: number, net: string) =>
  aProvider({
    name,
    rating,
    endpoints: ENDPOINTS.map((n) => ({ name: `edge-${n}`, address: { ipv4: `${net}.${n}` }, healthCheckId: `hc-${name}` })),
  })
const configuration = aConfiguration({
  providers: [withFourEndpoints('aws', 500, '192.0.2'), withFourEndpoints('hetzner', 300, '198.51.100')],
})

/** Two providers of four endpoints each, of which these metrics cannot be read once they are gone. */
function aControllerWithout(gone: readonly string[]) {
  const set = aController(configuration)
  const read = set.ports.metrics.read
  let isGone = false
  const ids = new Set(metricQueries(configuration).flatMap(({ id, source }) => (gone.includes(source.metric) ? [id] : [])))
  const ports = {
    ...set.ports,
    metrics: {
      read: async (...args: Parameters<typeof read>) =>
        (await read(...args)).map((series) => (isGone && ids.has(series.id) ? { ...series, points: [] } : series)),
    },
  }
  Object.assign(set.ports, ports)
  return {
    ...set,
    loseThem: () => {
      isGone = true
    },
  }
}

function counted(report: TickReport, metric: MetricName): number {
  let sum = 0
  const silent = () => undefined
  tell(report, {
    logger: { info: silent, warn: silent, error: silent, debug: silent },
    count: (name, value = 1) => {
      if (name === metric) sum += value
    },
    remainingMs: () => 1000,
  })
  return sum
}

const decided = (report: TickReport) => {
  if (report.kind === 'dropped' || report.kind === 'overtaken') throw new Error(report.reason.sentence)
  return report
}

test('missing-data: without the fraction of checkers at eight endpoints a brownout is still answered: the verdict of the checks decides', async () => {
  const set = aControllerWithout(['HealthCheckPercentageHealthy'])
  await set.tick(6)
  set.loseThem()
  set.clouds.hetzner = { capacity: 300, load: 100, errors: 60 }
  const { decisions, plans } = decided(await set.tick(1))

  expect(decisions[0]).toMatchObject({ isChange: true, cause: 'signal', signalsRequired: 8, signalsMissing: 0, notices: [] })
  expect(plans.flatMap(({ refusals }) => refusals)).toEqual([])
  expect(set.shares().hetzner).toBeLessThan(0.3)
})

test('missing-data: with more than half missing the decision stands still, says so, and counts for the alarm', async () => {
  const set = aControllerWithout(['Capacity', 'Requests', 'Failures'])
  await set.tick(6)
  set.loseThem()
  const report = decided(await set.tick(1))

  expect(report.decisions[0]).toMatchObject({ isChange: false, cause: 'fail-static', signalsRequired: 8, signalsMissing: 6 })
  expect(report.decisions[0]?.notices).toEqual([
    { code: 'signals-missing', sentence: '6 of 8 required signals are missing: no change is made on signals' },
  ])
  expect(counted(report, METRIC.blindTicks)).toBe(1)
})
