// The way back in docs/operations.md, run as it stands there, with the AWS CLI and no function of ours.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { type RunningStack, startStack } from '#local/deploy/start-stack.ts'
import type { Configuration } from '#model/configuration.ts'
import { until } from '#test/flow/deploy/until.ts'

const run = promisify(execFile)
const clock = createLocalClock({ speed: 60 })
const configuration = exampleConfiguration()
const scratch = mkdtempSync(join(tmpdir(), 'sluice-undo-'))
let stack: RunningStack
let lambda: LambdaClient

function exampleConfiguration(): Configuration {
  const parsed = parseConfiguration(readFileSync('examples/aws-hetzner/sluice.yaml', 'utf8'), 'sluice.yaml')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.configuration
}

beforeAll(async () => {
  stack = await startStack({ clock, configuration })
  lambda = new LambdaClient({ endpoint: stack.aws.url, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } })
})
afterAll(async () => {
  lambda?.destroy()
  await stack?.stop()
  clock.stop()
  rmSync(scratch, { recursive: true, force: true })
})

/** The records of media.example.com and its fence, as text that can be compared. */
async function standing(): Promise<string[]> {
  const zone = configuration.hostnames[0]?.zoneId ?? ''
  const { ResourceRecordSets = [] } = await stack.clients.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone }))
  return ResourceRecordSets.filter(({ Name }) => Name?.endsWith('media.example.com.')).map(
    ({ SetIdentifier, Type, Weight, ResourceRecords }) => [Type, SetIdentifier, Weight, ResourceRecords?.[0]?.Value].join(' '),
  )
}

/** The shell commands of the page that write `undo.json`. */
function recipe(): string {
  const blocks = [...readFileSync('docs/operations.md', 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text)
  const found = blocks.find((text) => text.includes('undo.json'))
  if (found === undefined) throw new Error('docs/operations.md has no recipe that writes undo.json')
  return found
}

test('the change batch in the journal restores what stood before the last write', async () => {
  for (const { id } of stack.aws.route53.healthChecks()) stack.aws.route53.reportProbe(id, { fractionHealthy: 1, isHealthy: true })
  const before = await until(async () => {
    const records = await standing()
    return records.length === 5 && records
  })
  const drain = { action: 'drain', provider: 'hetzner', reason: 'test', expiresAt: clock.nowSeconds() + 3600 }
  const event = { source: 'operator', time: clock.nowSeconds(), author: 'test', request: drain }
  await lambda.send(new InvokeCommand({ FunctionName: 'sluice-prod-rebalance', Payload: JSON.stringify(event) }))
  expect(await standing()).not.toEqual(before)

  // In real time there is no tick before the recipe is through.
  clock.setSpeed(1)
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: stack.aws.url,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  await run('sh', ['-euc', recipe()], { env, cwd: scratch })
  expect(await standing()).toEqual(before)

  await expect(run('sh', ['-euc', recipe()], { env, cwd: scratch }), 'a second time it fits nothing any more').rejects.toThrow(
    'InvalidChangeBatch',
  )
  expect(await standing()).toEqual(before)
})
