// Which tables and indexes a DynamoDB request touches, and its partition keys for the condition key dynamodb:LeadingKeys.
// Source: service authorization reference, Amazon DynamoDB; developer guide, "Using IAM policy conditions for fine-grained access control".
import type { Permission } from '../wire/operation.ts'
import { type Tables, tableArn, tableName } from './tables.ts'

type AttributeValue = Readonly<Record<string, unknown>>
export type ItemInput = {
  readonly TableName?: string
  readonly IndexName?: string
  readonly Key?: Readonly<Record<string, AttributeValue>>
  readonly Item?: Readonly<Record<string, AttributeValue>>
  readonly KeyConditionExpression?: string
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>
  readonly RequestItems?: Readonly<Record<string, unknown>>
  readonly ResourceArn?: string
}

type BatchWrite = {
  readonly PutRequest?: { readonly Item: ItemInput['Item'] }
  readonly DeleteRequest?: { readonly Key: ItemInput['Key'] }
}

export async function permissionsOf(tables: Tables, operation: string, input: ItemInput, region: string): Promise<Permission[]> {
  const action = `dynamodb:${operation}`
  if (operation === 'ListTables') return [{ action, resource: '*' }]
  if (input.ResourceArn !== undefined) return [{ action, resource: input.ResourceArn }]
  if (input.RequestItems !== undefined) {
    const each = Object.entries(input.RequestItems).map(async ([table, requests]) => {
      const keyed = Array.isArray(requests)
        ? (requests as BatchWrite[]).map((one) => one.PutRequest?.Item ?? one.DeleteRequest?.Key)
        : ((requests as { Keys?: ItemInput['Key'][] }).Keys ?? [])
      return { action, resource: tableArn(tableName(table), region), context: await leadingKeys(tables, tableName(table), keyed) }
    })
    return Promise.all(each)
  }
  const name = tableName(input.TableName)
  const resource = input.IndexName === undefined ? tableArn(name, region) : `${tableArn(name, region)}/index/${input.IndexName}`
  const keyed = input.Key ?? input.Item
  return [
    { action, resource, context: keyed === undefined ? await queriedKey(tables, name, input) : await leadingKeys(tables, name, [keyed]) },
  ]
}

async function leadingKeys(
  tables: Tables,
  table: string,
  items: readonly (ItemInput['Item'] | undefined)[],
): Promise<Permission['context']> {
  const hash = await hashKey(tables, table)
  const values = items.flatMap((item) => scalar(hash === undefined ? undefined : item?.[hash]))
  return values.length === 0 ? undefined : { 'dynamodb:leadingkeys': [...new Set(values)] }
}

/** The partition key of a Query stands in its key condition, as `name = :value`. */
async function queriedKey(tables: Tables, table: string, input: ItemInput): Promise<Permission['context']> {
  if (input.KeyConditionExpression === undefined || input.IndexName !== undefined) return undefined
  const hash = await hashKey(tables, table)
  for (const [, name = '', value = ''] of input.KeyConditionExpression.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((input.ExpressionAttributeNames?.[name] ?? name) === hash)
      return { 'dynamodb:leadingkeys': scalar(input.ExpressionAttributeValues?.[value]) }
  }
  return undefined
}

/** Undefined for a table that does not exist: the operation itself will say so. */
async function hashKey(tables: Tables, table: string): Promise<string | undefined> {
  const schema = await tables.keySchema(table).catch(() => undefined)
  return schema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName
}

function scalar(value: AttributeValue | undefined): string[] {
  return value === undefined ? [] : [String(Object.values(value)[0])]
}
