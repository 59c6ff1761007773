// The state table on an in-process AWS of its own: for what only the real conditions of DynamoDB show.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { stateTable } from '#adapters/aws/state-table.ts'
import { createInProcessAws } from '#local/aws/in-process-aws.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { createTable } from './create-table.ts'

export type TableOnTheWire = Awaited<ReturnType<typeof tableOnTheWire>>

export async function tableOnTheWire() {
  const aws = await createInProcessAws({ clock: createLocalClock({ speed: 1 }) })
  const client = new DynamoDBClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'root', secretAccessKey: 'root' },
  })
  const TableName = 'state'
  await createTable(client, TableName)
  return { table: stateTable(client, TableName), close: () => aws.close() }
}
