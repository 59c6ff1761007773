// The state table: items under a kind (`pk`) and an identity (`sk`), each a JSON text with a revision.
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import * as z from 'zod'

const Item = z.object({ pk: z.string(), sk: z.string(), json: z.string(), revision: z.number().default(0) })

/** `value` is what was parsed from the item's JSON; the stores check it against their schema. */
export type StateItem = { readonly identity: string; readonly value: unknown; readonly revision: number }

/** What must be true of the item that stands, or the write does nothing. */
export type Condition = { readonly expression: string; readonly names?: Record<string, string>; readonly values?: Record<string, unknown> }

export type PutOptions = {
  readonly revision?: number
  /** Epoch seconds after which DynamoDB may remove the item. */
  readonly expiresAt?: number
  /** Further attributes that a condition can compare. */
  readonly attributes?: Record<string, number | string>
  readonly condition?: Condition
}

export type StateTable = ReturnType<typeof stateTable>

/**
 * Values are stored as JSON text: DynamoDB's numbers end at 1E-130, a filter that decays does not.
 * Reads are strongly consistent: the fence is only as good as what is read before it.
 */
export function stateTable(client: DynamoDBClient, tableName: string) {
  const key = (kind: string, identity: string) => marshall({ pk: kind, sk: identity })

  /** False when the condition did not hold; nothing was written then. */
  async function put(kind: string, identity: string, value: unknown, options: PutOptions = {}): Promise<boolean> {
    const { revision = 0, expiresAt, attributes, condition } = options
    const item = {
      pk: kind,
      sk: identity,
      json: JSON.stringify(value),
      revision,
      ...(expiresAt === undefined ? {} : { expiresAt: Math.ceil(expiresAt) }),
      ...attributes,
    }
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall(item),
          ...(condition === undefined
            ? {}
            : {
                ConditionExpression: condition.expression,
                ...(condition.names === undefined ? {} : { ExpressionAttributeNames: condition.names }),
                ...(condition.values === undefined ? {} : { ExpressionAttributeValues: marshall(condition.values) }),
              }),
        }),
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  return {
    get: async (kind: string, identity: string): Promise<StateItem | undefined> => {
      const { Item: item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key(kind, identity), ConsistentRead: true }))
      return item === undefined ? undefined : parse(unmarshall(item))
    },

    /** All items of a kind in the order of their identity, or the last `limit` of them, last first; none after the identity `upTo`. */
    query: async (kind: string, limit?: number, upTo?: string): Promise<StateItem[]> => {
      const found: StateItem[] = []
      let ExclusiveStartKey: Record<string, import('@aws-sdk/client-dynamodb').AttributeValue> | undefined
      do {
        const page: import('@aws-sdk/client-dynamodb').QueryCommandOutput = await client.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: upTo === undefined ? 'pk = :kind' : 'pk = :kind AND sk <= :upTo',
            ExpressionAttributeValues: marshall({ ':kind': kind, ...(upTo === undefined ? {} : { ':upTo': upTo }) }),
            ConsistentRead: true,
            ExclusiveStartKey,
            ...(limit === undefined ? {} : { ScanIndexForward: false, Limit: limit }),
          }),
        )
        found.push(...(page.Items ?? []).map((item) => parse(unmarshall(item))))
        ExclusiveStartKey = page.LastEvaluatedKey
      } while (ExclusiveStartKey !== undefined && (limit === undefined || found.length < limit))
      return limit === undefined ? found : found.slice(0, limit)
    },

    put,

    /** Takes an item on from the `revision` under which it was read; 0: it did not exist. False when somebody else did since. */
    advance: (kind: string, identity: string, value: unknown, revision: number): Promise<boolean> =>
      put(kind, identity, value, {
        revision: revision + 1,
        condition:
          revision === 0
            ? { expression: 'attribute_not_exists(pk)' }
            : { expression: '#revision = :read', names: { '#revision': 'revision' }, values: { ':read': revision } },
      }),

    /** What was removed, or undefined if there was nothing. */
    remove: async (kind: string, identity: string): Promise<StateItem | undefined> => {
      const { Attributes } = await client.send(
        new DeleteItemCommand({ TableName: tableName, Key: key(kind, identity), ReturnValues: 'ALL_OLD' }),
      )
      return Attributes === undefined ? undefined : parse(unmarshall(Attributes))
    },
  }
}

function parse(item: unknown): StateItem {
  const { sk, json, revision } = Item.parse(item)
  return { identity: sk, value: JSON.parse(json), revision }
}
