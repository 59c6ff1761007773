// A table with string keys `pk` and `sk`, as the stack makes it.
import { CreateTableCommand, type DynamoDBClient, type TableDescription, waitUntilTableExists } from '@aws-sdk/client-dynamodb'

/** Returns once it can be written to. */
export async function createTable(client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  const { TableDescription } = await client.send(
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
  return TableDescription
}
