// The ways back in docs/operations.md, run as they stand there, with the AWS CLI and no function of ours.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DeleteTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dynamodbGoodPlans } from '#adapters/aws/dynamodb-good-plans.ts'
import { route53Zone } from '#adapters/aws/route53-zone.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
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

/** Runs the shell commands of the page that mention this. */
async function runRecipe(mentioned: string): Promise<void> {
  const blocks = [...readFileSync('docs/operations.md', 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text)
  const recipe = blocks.find((text) => text.includes(mentioned))
  if (recipe === undefined) throw new Error(`docs/operations.md has no recipe with ${mentioned}`)
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: stack.aws.url,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  }
  await run('sh', ['-euc', recipe], { env, cwd: scratch })
}

/** It rises with every write, also with one by hand. */
const withoutFence = (records: readonly string[]) => records.filter((one) => !one.startsWith('TXT'))

async function order(request: Readonly<Record<string, unknown>>) {
  const event = { source: 'operator', time: clock.nowSeconds(), author: 'test', request }
  return lambda.send(new InvokeCommand({ FunctionName: 'sluice-prod-rebalance', Payload: JSON.stringify(event) }))
}

test('the change batch in the journal restores the last good plan, however many writes lie between', async () => {
  for (const { id } of stack.aws.route53.healthChecks()) stack.aws.route53.reportProbe(id, { fractionHealthy: 1, isHealthy: true })
  const before = await until(async () => {
    const records = await standing()
    return records.length === 5 && records
  })
  // Nobody measures anything here, so no plan becomes good by itself.
  const hostname = 'media.example.com'
  const zoneId = configuration.hostnames[0]?.zoneId ?? ''
  const { members } = await route53Zone(stack.clients.route53, clock.nowSeconds).list(zoneId, hostname)
  const { TableNames: [TableName = ''] = [] } = await stack.clients.dynamodb.send(new ListTablesCommand({}))
  const goodPlans = dynamodbGoodPlans(stateTable(stack.clients.dynamodb, TableName))
  await goodPlans.put({ hostname, members, fence: { generation: 1, sequence: 1 }, since: clock.nowSeconds() })

  const pin = { action: 'pin', hostname, reason: 'test', expiresAt: clock.nowSeconds() + 3600 }
  await order({ ...pin, shares: { aws: 0.9, hetzner: 0.1 } })
  await order({ ...pin, shares: { aws: 0.8, hetzner: 0.2 } })
  expect(withoutFence(await standing())).not.toEqual(withoutFence(before))

  // In real time there is no tick before the recipe is through.
  clock.setSpeed(1)
  await runRecipe('way-back.json')
  expect(withoutFence(await standing())).toEqual(withoutFence(before))

  await expect(runRecipe('way-back.json'), 'a second time it fits nothing any more').rejects.toThrow('InvalidChangeBatch')
  expect(withoutFence(await standing())).toEqual(withoutFence(before))
  await order({ action: 'unpin', hostname, reason: 'test' })
})

test('a table that was deleted is made again by hand, and the controller goes on from the records', async () => {
  const before = await standing()
  const { TableNames: [TableName] = [] } = await stack.clients.dynamodb.send(new ListTablesCommand({}))
  await stack.clients.dynamodb.send(new DeleteTableCommand({ TableName }))
  const drain = { action: 'drain', provider: 'hetzner', reason: 'test', expiresAt: clock.nowSeconds() + 7200 }
  expect(await order(drain)).toHaveProperty('FunctionError')

  await runRecipe('create-table')
  expect(await order(drain)).not.toHaveProperty('FunctionError')
  const fence = (records: readonly string[]) => Number(records.find((one) => one.startsWith('TXT'))?.match(/seq=(\d+)/)?.[1])
  expect(fence(await standing())).toBe(fence(before) + 1)
})
