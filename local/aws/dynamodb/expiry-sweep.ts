// Deletes expired items now and then, as DynamoDB does within a few days: readers must not rely on the moment.
// Source: developer guide, "Using time to live (TTL) in DynamoDB".
import { type AwsClock, type Cancel, everyClockSeconds } from '../clock.ts'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'

const EVERY_SECONDS = 600

export function startExpirySweep(clock: AwsClock, engine: Engine, tables: Tables): Cancel {
  return everyClockSeconds(clock, EVERY_SECONDS, () => {
    for (const [table, attribute] of tables.timeToLive) {
      sweepExpired(engine, tables, table, attribute, clock.nowSeconds()).catch((error: unknown) =>
        console.error(`in-process DynamoDB: expiry of ${table}`, error),
      )
    }
  })
}

/** Only numbers count; each deletion checks once more, in case the item was renewed meanwhile. Answers how many went. */
export async function sweepExpired(engine: Engine, tables: Tables, table: string, attribute: string, nowSeconds: number): Promise<number> {
  const condition = '#expiry <= :now AND attribute_type(#expiry, :number)'
  const names = { '#expiry': attribute }
  const values = { ':now': { N: String(Math.floor(nowSeconds)) }, ':number': { S: 'N' } }
  const schema = await tables.keySchema(table)
  let deleted = 0
  let from: unknown
  do {
    const page = await engine.call('Scan', {
      TableName: table,
      FilterExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    })
    for (const item of page.Items as Record<string, unknown>[]) {
      const Key = Object.fromEntries(schema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]))
      const deletion = {
        TableName: table,
        Key,
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      }
      await engine.call('DeleteItem', deletion).then(
        () => deleted++,
        () => undefined,
      )
    }
    from = page.LastEvaluatedKey
  } while (from !== undefined)
  return deleted
}
