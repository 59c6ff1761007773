// DynamoDB: one table with conditional writes, as the product uses it.
import {
  type ConditionalCheckFailedException,
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { expect } from 'vitest'
import { createTable } from '#test/builders/create-table.ts'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'

async function aTable(dynamodb: DynamoDBClient, unique: string): Promise<{ TableName: string; arn: string }> {
  const TableName = `table-${unique}`
  const table = await createTable(dynamodb, TableName)
  return { TableName, arn: table?.TableArn ?? '' }
}

const key = { pk: { S: 'memory' }, sk: { S: 'one' } }

export const dynamoDb: ContractSuite = {
  service: 'DynamoDB',
  cases: [
    {
      name: 'of twenty writers on one revision exactly one wins',
      source: 'Developer guide, "Condition expressions"',
      async run({ dynamodb }, unique) {
        const { TableName } = await aTable(dynamodb, unique)
        await dynamodb.send(new PutItemCommand({ TableName, Item: { ...key, revision: { N: '1' } } }))
        const advance = (index: number) =>
          dynamodb.send(
            new UpdateItemCommand({
              TableName,
              Key: key,
              UpdateExpression: 'SET revision = :next, winner = :winner',
              ConditionExpression: 'revision = :seen',
              ExpressionAttributeValues: { ':seen': { N: '1' }, ':next': { N: '2' }, ':winner': { N: String(index) } },
            }),
          )
        const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => advance(index)))
        const won = outcomes.map(({ status }) => status === 'fulfilled')
        expect(won.filter(Boolean)).toHaveLength(1)
        const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: key, ConsistentRead: true }))
        expect(Item).toMatchObject({ revision: { N: '2' }, winner: { N: String(won.indexOf(true)) } })
      },
    },
    {
      name: 'a refused condition gives the item that stands, when asked for',
      source: 'API reference, PutItem, ReturnValuesOnConditionCheckFailure',
      async run({ dynamodb }, unique) {
        const { TableName } = await aTable(dynamodb, unique)
        await dynamodb.send(new PutItemCommand({ TableName, Item: { ...key, revision: { N: '7' } } }))
        const refused = dynamodb.send(
          new PutItemCommand({
            TableName,
            Item: key,
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        )
        const fault = await expectFault('ConditionalCheckFailedException', refused)
        expect((fault as ConditionalCheckFailedException).Item).toEqual({ ...key, revision: { N: '7' } })
      },
    },
    {
      name: 'a query gives the items of one partition, newest first on request, page by page',
      source: 'API reference, Query, ScanIndexForward, Limit, LastEvaluatedKey',
      async run({ dynamodb }, unique) {
        const { TableName } = await aTable(dynamodb, unique)
        for (const sk of ['a', 'b', 'c'])
          await dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'journal' }, sk: { S: sk } } }))
        await dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'other' }, sk: { S: 'z' } } }))
        const query = {
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: 'journal' } },
          ScanIndexForward: false,
          Limit: 2,
        }
        const first = await dynamodb.send(new QueryCommand(query))
        const rest = await dynamodb.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }))
        expect([...(first.Items ?? []), ...(rest.Items ?? [])].map(({ sk }) => sk?.S)).toEqual(['c', 'b', 'a'])
      },
    },
    {
      name: 'a table is also known by its ARN',
      source: 'API reference, TableName: "You can also provide the Amazon Resource Name (ARN) of the table in this parameter"',
      async run({ dynamodb }, unique) {
        const { TableName, arn } = await aTable(dynamodb, unique)
        await dynamodb.send(new PutItemCommand({ TableName: arn, Item: key }))
        expect((await dynamodb.send(new GetItemCommand({ TableName, Key: key }))).Item).toEqual(key)
      },
    },
    {
      name: 'time to live and point-in-time recovery can be switched on',
      source: 'API reference, UpdateTimeToLive, UpdateContinuousBackups',
      async run({ dynamodb }, unique) {
        const { TableName } = await aTable(dynamodb, unique)
        await dynamodb.send(
          new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiresAt' } }),
        )
        const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))
        expect(TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' })
        await dynamodb.send(
          new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
        )
        const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }))
        expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('ENABLED')
      },
    },
    {
      name: 'a table that does not exist is ResourceNotFoundException',
      source: 'API reference, Common errors',
      async run({ dynamodb }, unique) {
        await expectFault('ResourceNotFoundException', dynamodb.send(new GetItemCommand({ TableName: `table-${unique}`, Key: key })))
      },
    },
  ],
}
