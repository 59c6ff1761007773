// The product's own stack, synthesised and deployed on this computer: it runs by itself, and is changed in place.
import { readFileSync } from 'node:fs'
import { GetParameterCommand } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { type RunningStack, startStack } from '#local/deploy/start-stack.ts'
import type { InvocationReport } from '#local/lambda/sinks.ts'
import type { Configuration } from '#model/configuration.ts'
import { until } from './until.ts'

const EXAMPLE = new URL('../../../examples/aws-hetzner/sluice.yaml', import.meta.url)

function exampleConfiguration(): Configuration {
  const parsed = parseConfiguration(readFileSync(EXAMPLE, 'utf8'), 'sluice.yaml')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.configuration
}

const clock = createLocalClock({ speed: 120 })
const configuration = exampleConfiguration()
const reports: InvocationReport[] = []
let stack: RunningStack
beforeAll(async () => {
  stack = await startStack({ clock, configuration, onReport: (report) => reports.push(report) })
}, 60_000)
afterAll(async () => {
  await stack?.stop()
  clock.stop()
})

const runsOf = (name: string) => reports.filter((report) => report.kind === 'ran' && report.functionName.endsWith(`-${name}`))

test('how long synthesis, deployment and warming took is told', () => {
  for (const millis of Object.values(stack.timings)) expect(millis).toBeGreaterThan(0)
})

test('rebalance runs each minute of the clock, calls apply, and reconcile sweeps: none of them fails and none lacks a permission', async () => {
  await until(() => runsOf('rebalance').length >= 11 && runsOf('apply').length > 0 && runsOf('reconcile').length > 0)
  const failed = reports.filter((report) => report.kind !== 'ran' || report.error !== undefined)
  expect(failed).toEqual([])
  const times = runsOf('rebalance').map(({ atSeconds }) => atSeconds)
  expect((times[10] ?? 0) - (times[0] ?? 0)).toBeLessThan(20 * 60)
}, 40_000)

test('health checks and parameters refer to each other as the template says', async () => {
  const checks = stack.aws.route53.healthChecks()
  expect(checks).toHaveLength(configuration.providers.length)
  const name = `/sluice/${configuration.stage}/providers/${configuration.providers[0]?.name}`
  const { Parameter } = await stack.clients.ssm.send(new GetParameterCommand({ Name: name }))
  const { healthCheckId } = JSON.parse(Parameter?.Value ?? '').endpoints[0]
  expect(checks.map(({ id }) => id)).toContain(healthCheckId)
})

test('deployed again with another rating, only what carries the rating changes', async () => {
  const [first, ...others] = configuration.providers
  if (first === undefined) throw new Error('the example has no provider')
  const actions = await stack.redeploy({
    configuration: { ...configuration, providers: [{ ...first, rating: first.rating + 5 }, ...others] },
  })
  const changed = [...actions].filter(([, action]) => action !== 'unchanged')
  expect(changed.map(([, action]) => action)).toEqual(['changed', 'changed'])
  expect(changed.every(([logicalId]) => /Configuration.*(policy|providers)/.test(logicalId))).toBe(true)
}, 30_000)
