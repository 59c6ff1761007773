// The signals of docs/signals.md, as somebody would copy them: the simulated cloud answers them, over the wire, into what a tick observes.
import { readFile } from 'node:fs/promises'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { cloudwatchMetrics } from '#adapters/aws/cloudwatch-metrics.ts'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { createInProcessAws, type InProcessAws } from '#local/aws/in-process-aws.ts'
import { registerAgentRole } from '#local/clouds/agent-roles.ts'
import type { MinuteCounts } from '#local/clouds/cloud-spec.ts'
import { type Agents, startAgents } from '#local/clouds/start-agents.ts'
import type { Cloud } from '#local/clouds/start-cloud.ts'
import { clientSettings } from '#local/world/client-settings.ts'
import type { Configuration } from '#model/configuration.ts'
import { metricQueries, metricWindow } from '#signals/metric-queries.ts'
import { observe } from '#signals/observe.ts'
import { type ManualClock, manualClock } from '#test/contract/manual-clock.ts'

const COUNTS: MinuteCounts = { requests: 600, failures: 60, latencyP99Seconds: 0.2, utilisation: 0.5, reportedCapacity: 40, versions: [] }
let clock: ManualClock
let aws: InProcessAws
let agents: Agents | undefined
const clients: CloudWatchClient[] = []

beforeEach(async () => {
  clock = manualClock()
  aws = await createInProcessAws({ clock })
})
afterEach(async () => {
  agents?.stop()
  for (const client of clients.splice(0)) client.destroy()
  await aws.close()
})

it('the example of docs/signals.md, which reads metrics of AWS’s own services, is read back in the units of the signals', async () => {
  const configuration = await configured((await signalsExample()).replaceAll('\n', '\n    '))
  const errors = publish(configuration)
  const [aws] = await observed(configuration)
  expect(aws).toMatchObject({
    load: { state: 'present', value: 10 },
    utilisation: { state: 'present', value: 0.5 },
    errors: { state: 'present', value: 1 },
    latency: { state: 'missing', why: 'not-configured' },
  })
  expect(errors).toEqual([])
})

it('an agent whose signals all come from services may publish nothing itself', async () => {
  const source = 'region: eu-central-1, stat: Average, dimensions: { Name: web }'
  const metrics = ['capacity', 'load', 'errors'].map((signal) => `  ${signal}: { namespace: AWS/ECS, metric: ${signal}, ${source} }`)
  const configuration = await configured(['signals:', ...metrics, '  utilisation: null', '  latency: null'].join('\n    '))
  const errors = publish(configuration)
  const [signals] = await observed(configuration)
  expect(signals).toMatchObject({ load: { state: 'present' }, errors: { state: 'present' }, capacity: { state: 'present' } })
  expect(errors).toEqual([])
  expect(aws.iam.grants()).toEqual([])
})

async function signalsExample(): Promise<string> {
  const page = await readFile(new URL('../../../docs/signals.md', import.meta.url), 'utf8')
  const [, example] = /```yaml\n([\s\S]*?)\n```/.exec(page) ?? []
  if (example === undefined) throw new Error('docs/signals.md has no example')
  return example
}

/** The example file, whose first provider gets these signals. */
async function configured(signals: string): Promise<Configuration> {
  const file = await readFile(new URL('../../../examples/aws-hetzner/sluice.yaml', import.meta.url), 'utf8')
  const parsed = parseConfiguration(file.replace('    rating: 40\n', `    rating: 40\n    ${signals}\n`), 'sluice.yaml')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.configuration
}

function publish({ stage, homeRegion, providers }: Configuration): unknown[] {
  const errors: unknown[] = []
  const [provider] = providers
  if (provider === undefined) throw new Error('a configuration has providers')
  const credentials = registerAgentRole(aws.iam, stage, provider)
  agents = startAgents({
    ...{ stage, homeRegion, providers: [provider], clock, endpoint: aws.url, requestsPerRequest: 1 },
    cloudOf: () => ({ state: async () => ({ mode: 'running' }), minute: async () => COUNTS }) as unknown as Cloud,
    credentialsOf: () => credentials,
    publishAsService: aws.cloudwatch.publish,
    onError: (error) => void errors.push(error),
  })
  clock.advance(180)
  return errors
}

/** What a tick observes once everything that was published has arrived. */
async function observed(configuration: Configuration) {
  const clientOf = (region: string) => {
    const client = new CloudWatchClient(clientSettings(aws.url, region))
    clients.push(client)
    return client
  }
  const { fromSeconds, toSeconds } = metricWindow(clock.nowSeconds())
  return vi.waitFor(async () => {
    const series = await cloudwatchMetrics(clientOf).read(metricQueries(configuration), fromSeconds, toSeconds)
    const signals = observe(configuration, series, clock.nowSeconds())
    expect(signals[0]?.errors.state).toBe('present')
    return signals
  })
}
