// Removes every item of the state table, as a lost or wrongly restored table would.
import { DeleteItemCommand, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { StoryAccount } from './story-account.ts'

/** @returns the sentence for the timeline */
export async function loseTable({ stack }: Pick<StoryAccount, 'stack'>): Promise<string> {
  const { dynamodb } = stack.clients
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}))
  let lost = 0
  for (const TableName of TableNames) {
    // What is written meanwhile is written after the loss, and stays.
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName, ProjectionExpression: 'pk, sk' }))
    for (const { pk, sk } of Items) {
      if (pk === undefined || sk === undefined) continue
      await dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk, sk } }))
      lost += 1
    }
  }
  return `the state table is lost: ${lost} items are gone`
}
