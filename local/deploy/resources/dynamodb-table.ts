// AWS::DynamoDB::Table and AWS::DynamoDB::GlobalTable of one region, over the wire.
import {
  type AttributeDefinition,
  type BillingMode,
  CreateTableCommand,
  DeleteTableCommand,
  type KeySchemaElement,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import type { DeploymentContext } from '../deployment-context.ts'
import { type Made, type ResourceRequest, resourceType } from '../resource-type.ts'

const Recovery = z.strictObject({ PointInTimeRecoveryEnabled: z.boolean() })
const Common = {
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.custom<AttributeDefinition>()),
  KeySchema: z.array(z.custom<KeySchemaElement>()),
  BillingMode: z.custom<BillingMode>().default('PROVISIONED'),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
  SSESpecification: z.unknown().optional(),
}
const TableProperties = z.strictObject({
  ...Common,
  ProvisionedThroughput: z.strictObject({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() }).optional(),
  PointInTimeRecoverySpecification: Recovery.optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  Tags: z.unknown().optional(),
})
const GlobalTableProperties = z.strictObject({
  ...Common,
  Replicas: z
    .array(
      z.strictObject({
        Region: z.string(),
        PointInTimeRecoverySpecification: Recovery.optional(),
        DeletionProtectionEnabled: z.boolean().optional(),
        Tags: z.unknown().optional(),
      }),
    )
    .length(1),
})
type TableProperties = z.infer<typeof TableProperties>

const REPLACED_BY = ['TableName', 'KeySchema']

async function put({ properties, existing, generatedName }: ResourceRequest<TableProperties>, context: DeploymentContext): Promise<Made> {
  const { dynamodb } = context.clients
  const { AttributeDefinitions, KeySchema, BillingMode, ProvisionedThroughput, TimeToLiveSpecification: ttl } = properties
  const TableName = existing?.physicalId ?? properties.TableName ?? generatedName
  if (existing === undefined) {
    const throughput = ProvisionedThroughput === undefined ? {} : { ProvisionedThroughput }
    await dynamodb.send(new CreateTableCommand({ TableName, AttributeDefinitions, KeySchema, BillingMode, ...throughput }))
    await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.5 }, { TableName })
  } else if (existing.properties.BillingMode !== BillingMode) {
    throw new Error('a table cannot change its BillingMode in place here')
  }
  const hadTtl = existing?.properties.TimeToLiveSpecification?.Enabled ?? false
  if (ttl !== undefined && ttl.Enabled !== hadTtl) {
    const specification = { AttributeName: ttl.AttributeName, Enabled: ttl.Enabled }
    await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: specification }))
  }
  const recovery = properties.PointInTimeRecoverySpecification
  if (recovery?.PointInTimeRecoveryEnabled !== existing?.properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled) {
    const specification = { PointInTimeRecoveryEnabled: recovery?.PointInTimeRecoveryEnabled ?? false }
    await dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: specification }))
  }
  const Arn = `arn:aws:dynamodb:${context.region}:${context.accountId}:table/${TableName}`
  return { physicalId: TableName, attributes: { Arn, TableId: TableName } }
}

async function remove({ physicalId }: Made, properties: TableProperties, { clients }: DeploymentContext): Promise<void> {
  if (properties.DeletionProtectionEnabled) {
    throw new Error(
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first: table ${physicalId}`,
    )
  }
  await clients.dynamodb.send(new DeleteTableCommand({ TableName: physicalId }))
}

/** A global table with its one replica, as a plain table. */
function asTable({ Replicas, ...common }: z.infer<typeof GlobalTableProperties>): TableProperties {
  const replica = Replicas[0]
  return {
    ...common,
    Tags: undefined,
    PointInTimeRecoverySpecification: replica?.PointInTimeRecoverySpecification,
    DeletionProtectionEnabled: replica?.DeletionProtectionEnabled,
  }
}

export const dynamodbTable = resourceType<TableProperties>({
  type: 'AWS::DynamoDB::Table',
  properties: TableProperties,
  replacedBy: REPLACED_BY,
  put,
  remove,
})

export const dynamodbGlobalTable = resourceType<z.infer<typeof GlobalTableProperties>>({
  type: 'AWS::DynamoDB::GlobalTable',
  properties: GlobalTableProperties,
  replacedBy: REPLACED_BY,
  put({ properties, existing, ...rest }, context) {
    const before = existing === undefined ? undefined : { ...existing, properties: asTable(existing.properties) }
    return put({ ...rest, properties: asTable(properties), existing: before }, context)
  },
  remove: (made, properties, context) => remove(made, asTable(properties), context),
})
