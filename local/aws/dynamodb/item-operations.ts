// The operations that dynalite carries out, with what it does not know added around them.

import type { Operation } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { Engine } from './engine.ts'
import { type ItemInput, permissionsOf } from './permissions.ts'
import { type Tables, tableName } from './tables.ts'

const CARRIED_OUT = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
] as const

export function itemOperations(engine: Engine, tables: Tables): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    CARRIED_OUT.map((name) => [
      name,
      {
        permissions: (input: ItemInput, { region }) => permissionsOf(tables, name, input, region),
        run: (input: ItemInput) => carryOut(engine, tables, name, withTableNames(input)),
      },
    ]),
  )
}

async function carryOut(engine: Engine, tables: Tables, name: string, input: Record<string, unknown>): Promise<unknown> {
  const { ReturnValuesOnConditionCheckFailure: wanted, ...known } = input
  if (name === 'DeleteTable') tables.forget(String(input.TableName))
  try {
    return await engine.call(name, known)
  } catch (error) {
    if (wanted !== 'ALL_OLD' || !(error instanceof ServiceFault) || error.code !== 'ConditionalCheckFailedException') throw error
    throw new ServiceFault(error.code, error.message, error.status, await oldItem(engine, tables, known))
  }
}

/**
 * "ReturnValuesOnConditionCheckFailure … ALL_OLD": the item as it was. It is read after the refusal, so that it may in rare cases be newer than the one
 * that was refused; a writer must read it as "what stands", which is true of both.
 */
async function oldItem(engine: Engine, tables: Tables, input: ItemInput): Promise<Record<string, unknown>> {
  const from = input.Key ?? input.Item ?? {}
  const schema = await tables.keySchema(String(input.TableName))
  const Key = Object.fromEntries(schema.map(({ AttributeName }) => [AttributeName, from[AttributeName]]))
  const { Item } = await engine.call('GetItem', { TableName: input.TableName, Key, ConsistentRead: true })
  return Item === undefined ? {} : { Item }
}

/** dynalite takes names only. */
function withTableNames(input: ItemInput): Record<string, unknown> {
  const { RequestItems, TableName } = input
  return {
    ...input,
    ...(TableName === undefined ? {} : { TableName: tableName(TableName) }),
    ...(RequestItems === undefined
      ? {}
      : { RequestItems: Object.fromEntries(Object.entries(RequestItems).map(([name, value]) => [tableName(name), value])) }),
  }
}
