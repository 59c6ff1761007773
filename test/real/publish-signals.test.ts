// The recipe in examples/publish-signals, run as it stands: what it publishes is what the controller reads.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { type RunningStack, startStack } from '#local/deploy/start-stack.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Decision } from '#model/decision.ts'
import { until } from '#test/flow/deploy/until.ts'

const SCRIPT = 'examples/publish-signals/publish-signals.sh'
const run = promisify(execFile)
const clock = createLocalClock({ speed: 20 })
let stack: RunningStack
let lambda: LambdaClient

function exampleConfiguration(): Configuration {
  const parsed = parseConfiguration(readFileSync('examples/aws-hetzner/sluice.yaml', 'utf8'), 'sluice.yaml')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.configuration
}

beforeAll(async () => {
  stack = await startStack({ clock, configuration: exampleConfiguration() })
  lambda = new LambdaClient({ endpoint: stack.aws.url, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } })
})
afterAll(async () => {
  lambda?.destroy()
  await stack?.stop()
  clock.stop()
})

function publish(...args: string[]): Promise<{ stdout: string }> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: stack.aws.url,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return run('sh', [SCRIPT, ...args], { env })
}

/** What the controller would decide now, without storing or writing anything. */
async function dryRun(): Promise<Decision[]> {
  const event = { source: 'operator', time: clock.nowSeconds(), author: 'test', dryRun: true, request: { action: 'tick' } }
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'sluice-prod-rebalance', Payload: JSON.stringify(event) }))
  return JSON.parse(Payload?.transformToString() ?? '{}').decisions ?? []
}

test('what is published once a minute becomes the signals of the provider', async () => {
  const hetzner = await until(async () => {
    await publish('prod', 'hetzner', '600', '12', '30', '0.4', '-')
    const inputs = (await dryRun()).flatMap((decision) => decision.inputs)
    const found = inputs.find(({ provider }) => provider === 'hetzner')
    return found?.capacity.state === 'present' && found.load.state === 'present' && found
  })
  expect(hetzner).toMatchObject({
    capacity: { state: 'present', value: expect.closeTo(30) },
    utilisation: { state: 'present', value: expect.closeTo(0.4) },
  })
  // An average of several calls is off by the last bit. How many calls fell into one minute is up to this computer; their ratio is not.
  if (hetzner.load.state !== 'present' || hetzner.errors.state !== 'present') throw new Error('load or errors are missing')
  expect(hetzner.errors.value / hetzner.load.value).toBeCloseTo(0.02)
})

test.each([
  ['too few arguments', ['prod', 'hetzner', '600'], /usage:/],
  ['a name in capitals', ['prod', 'Hetzner', '600', '0', '30'], /name: seen "Hetzner"; allowed: lower-case letters.*; mend: /],
  ['a count that is none', ['prod', 'hetzner', 'many', '0', '30'], /Requests: seen "many"; allowed: a number of at least 0 .*; mend: /],
  ['a number with a leading zero', ['prod', 'hetzner', '012', '0', '30'], /Requests: seen "012"; allowed: .* without leading zeros/],
  [
    'a number that begins with its point',
    ['prod', 'hetzner', '1', '0', '30', '.5'],
    /Utilisation: seen "\.5"; allowed: .* such as 12 or 0\.5/,
  ],
  ['a number that ends with its point', ['prod', 'hetzner', '1', '0', '5.'], /Capacity: seen "5\."; allowed: .* such as 12 or 0\.5/],
  ['nothing that is known', ['prod', 'hetzner', '-', '-', '-'], /signals: seen - for each; allowed: at least one number; mend: /],
])('%s: it says so and publishes nothing', async (_, args, message) => {
  const failure = await publish(...args).catch((error: { code: number; stderr: string }) => error)
  expect(failure).toMatchObject({ code: 2, stderr: expect.stringMatching(message) })
})
