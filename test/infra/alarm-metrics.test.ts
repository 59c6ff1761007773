// Alarms watch exactly what the functions publish: CloudWatch finds a metric only by its exact set of dimensions.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { CONTROLLER_NAMESPACE, METRIC } from '#telemetry/metric-names.ts'
import { exampleConfiguration, synthesise } from './synthesise.ts'

const run = promisify(execFile)

const PROGRAM = `
import { makeHandler } from '#handler/make-handler.ts'
const handler = makeHandler({ service: 'rebalance', parse: (raw) => raw, run: async (_, { count }) => count('RecordWrites') })
await handler({}, { getRemainingTimeInMillis: () => 1000 })
`

test('alarms on the metrics of the controller have the dimensions under which these are published', async () => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', PROGRAM], { env: { ...process.env, SLUICE_STAGE: 'prod' } })
  const published = JSON.parse(stdout.split('\n').find((line) => line.includes('_aws')) ?? '{}')
  const { Namespace, Dimensions } = published._aws.CloudWatchMetrics[0]
  const dimensions = Dimensions[0].map((Name: string) => ({ Name, Value: published[Name] }))

  const alarms = Object.values(synthesise(exampleConfiguration()).findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties,
  )
  const own = alarms.filter((alarm) => alarm.Namespace === CONTROLLER_NAMESPACE)
  expect(Namespace).toBe(CONTROLLER_NAMESPACE)
  expect(own.length).toBeGreaterThan(0)
  const byName = (list: { Name: string }[]) => list.toSorted((a, b) => (a.Name < b.Name ? -1 : 1))
  for (const alarm of own) {
    expect(byName(alarm.Dimensions)).toEqual(byName(dimensions))
    expect(Object.values(METRIC)).toContain(alarm.MetricName)
  }
})
