// The state table on an in-process AWS of its own: for what only the real conditions of DynamoDB show.
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb'
import { stateTable } from '#adapters/aws/state-table.ts'
import { createInProcessAws } from '#local/aws/in-process-aws.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'

export type TableOnTheWire = Awaited<ReturnType<typeof tableOnTheWire>>

export async function tableOnTheWire() {
  const aws = await createInProcessAws({ clock: createLocalClock({ speed: 1 }) })
  const client = new DynamoDBClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'root', secretAccessKey: 'root' },
  })
  const TableName = 'state'
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  )
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { TableName })
  return { table: stateTable(client, TableName), close: () => aws.close() }
}
