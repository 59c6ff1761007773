// Expired items go, others stay.
import { expect, it } from 'vitest'
import { createEngine } from '#local/aws/dynamodb/engine.ts'
import { sweepExpired } from '#local/aws/dynamodb/expiry-sweep.ts'
import { createTables } from '#local/aws/dynamodb/tables.ts'

it('items whose expiry has passed are deleted; those without one, or with one that is no number, stay', async () => {
  const engine = createEngine()
  const tables = createTables(engine)
  const keys = {
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  }
  await engine.call('CreateTable', { TableName: 'state', BillingMode: 'PAY_PER_REQUEST', ...keys })
  await expect
    .poll(async () => ((await engine.call('DescribeTable', { TableName: 'state' })).Table as { TableStatus: string }).TableStatus)
    .toBe('ACTIVE')
  const items = { past: { N: '99' }, now: { N: '100' }, future: { N: '101' }, text: { S: '1' }, none: undefined }
  for (const [pk, expiresAt] of Object.entries(items)) {
    await engine.call('PutItem', { TableName: 'state', Item: { pk: { S: pk }, ...(expiresAt === undefined ? {} : { expiresAt }) } })
  }
  expect(await sweepExpired(engine, tables, 'state', 'expiresAt', 100.9)).toBe(2)
  const left = (await engine.call('Scan', { TableName: 'state' })).Items as { pk: { S: string } }[]
  expect(left.map(({ pk }) => pk.S).sort()).toEqual(['future', 'none', 'text'])
})
