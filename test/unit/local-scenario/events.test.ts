// What a story does to the account reaches what it names, and says what became of it.
import { CreateTableCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53'
import { describe, expect, it } from 'vitest'
import { createInProcessAws } from '#local/aws/in-process-aws.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { createRootClients } from '#local/deploy/root-clients.ts'
import type { FunctionDefinition } from '#local/lambda/function-definition.ts'
import { apiFault } from '#local/scenario/events/api-fault.ts'
import { lateWrite, nextSequence } from '#local/scenario/events/late-write.ts'
import { loseTable } from '#local/scenario/events/lose-table.ts'
import { redeploy } from '#local/scenario/events/redeploy.ts'
import type { StoryAccount } from '#local/scenario/events/story-account.ts'
import { functionSwitch } from '#local/scenario/events/switch-function.ts'
import { aConfiguration } from '#test/builders/configuration.ts'

const ZONE = 'Z0123456789EXAMPLE'
const NAME = 'media.example.com'

/** An account with one weighted name, its fence, and a table with two items. */
async function anAccount() {
  const clock = createLocalClock({ speed: 20 })
  const aws = await createInProcessAws({ clock })
  const clients = createRootClients(aws.url, 'us-east-1')
  aws.route53.settings.propagationSeconds = 0
  aws.route53.createZone({ id: ZONE, name: 'example.com' })
  const put = async (weight: number, sequence: number) => {
    const member = {
      ...{ Name: NAME, Type: 'A' as const, SetIdentifier: `sluice:${NAME}:aws:edge`, Weight: weight, TTL: 60 },
      ResourceRecords: [{ Value: '192.0.2.10' }],
    }
    const fence = { Name: `_sluice.${NAME}`, Type: 'TXT' as const, TTL: 60, ResourceRecords: [{ Value: `"gen=1 seq=${sequence}"` }] }
    const Changes = [member, fence].map((ResourceRecordSet) => ({ Action: 'UPSERT' as const, ResourceRecordSet }))
    await clients.route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: ZONE, ChangeBatch: { Changes } }))
  }
  await put(3, 7)
  const definitions: FunctionDefinition[] = [{ functionName: 'sluice-prod-apply', reservedConcurrency: 1 } as FunctionDefinition]
  const functions = {
    definitions: () => definitions,
    register: async (definition: FunctionDefinition) => void definitions.splice(0, 1, definition),
  }
  const stack = { aws, clients, functions, redeploy: async () => new Map([['a/B', 'changed']]) } as unknown as StoryAccount['stack']
  const weightNow = () => aws.route53.recordSets(NAME, 'A')[0]?.weight
  const close = async () => {
    clients.close()
    await aws.close()
    clock.stop()
  }
  return { account: { stack, clock, configuration: aConfiguration() }, put, weightNow, definitions, close }
}

describe('a paused writer', () => {
  const late = { hostname: NAME, provider: 'aws', weight: 200, afterSeconds: 2 }

  it('overwrites what nobody changed meanwhile', async () => {
    const { account, weightNow, close } = await anAccount()
    await expect(lateWrite(late, account)).resolves.toMatchObject({ kind: 'event' })
    expect(weightNow()).toBe(200)
    await close()
  })

  it('is refused when only the fence went on', async () => {
    const { account, put, weightNow, close } = await anAccount()
    const written = lateWrite({ ...late, afterSeconds: 20 }, account)
    await put(3, 8)
    await expect(written).resolves.toMatchObject({ kind: 'refused' })
    expect(weightNow()).toBe(3)
    await close()
  })

  it('would raise the sequence by one', () => {
    expect(nextSequence('"gen=2 seq=41"')).toBe('"gen=2 seq=42"')
  })
})

it('a lost table has no item left', async () => {
  const { account, close } = await anAccount()
  const { dynamodb } = account.stack.clients
  const keys = [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ]
  const attributes = keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' as const }))
  await dynamodb.send(
    new CreateTableCommand({ TableName: 'state', KeySchema: keys, AttributeDefinitions: attributes, BillingMode: 'PAY_PER_REQUEST' }),
  )
  for (const sk of ['a', 'b'])
    await dynamodb.send(new PutItemCommand({ TableName: 'state', Item: { pk: { S: 'records' }, sk: { S: sk } } }))
  await expect(loseTable(account)).resolves.toContain('2 items')
  expect((await dynamodb.send(new ScanCommand({ TableName: 'state' }))).Items).toEqual([])
  await close()
})

it('a function that is switched off and on has its own concurrency again', async () => {
  const { account, definitions, close } = await anAccount()
  const switches = functionSwitch(account)
  await switches.off('apply')
  expect(definitions[0]?.reservedConcurrency).toBe(0)
  await switches.off('apply')
  await switches.on('apply')
  expect(definitions[0]?.reservedConcurrency).toBe(1)
  await expect(switches.off('nobody')).rejects.toThrow('no function is named nobody')
  await close()
})

it('an API fault meets its operation and ends by itself', async () => {
  const { account, close } = await anAccount()
  const { aws } = account.stack
  apiFault({ service: 'route53', operation: 'GetChange', code: 'Throttling', status: 400, seconds: 10 }, account)
  const ask = (operation: string) => () => aws.faults.check({ service: 'route53', accessKeyId: 'x' }, operation)
  expect(ask('GetChange')).toThrow()
  expect(ask('ListHostedZones')).not.toThrow()
  await account.clock.sleep(11)
  expect(ask('GetChange')).not.toThrow()
  await close()
})

it('a deployment with a rating of nobody is refused, another says what changed', async () => {
  const { account, close } = await anAccount()
  await expect(redeploy({ nobody: 3 }, account)).rejects.toThrow('"nobody" is no provider')
  await expect(redeploy({ aws: 50 }, account)).resolves.toContain('1 of 1 resources')
  await close()
})
