// AWS::SQS::Queue over the wire; AWS::SQS::QueuePolicy is kept in the account's registry.
import { CreateQueueCommand } from '@aws-sdk/client-sqs'
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

const number = z.coerce.number().optional()

const QueueProperties = z.strictObject({
  QueueName: z.string().optional(),
  MessageRetentionPeriod: number,
  VisibilityTimeout: number,
  DelaySeconds: number,
  MaximumMessageSize: number,
  ReceiveMessageWaitTimeSeconds: number,
  SqsManagedSseEnabled: z.boolean().optional(),
  Tags: z.unknown().optional(),
})
type QueueProperties = z.infer<typeof QueueProperties>

function attributesOf({ QueueName: _name, Tags: _tags, ...attributes }: QueueProperties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )
}

export const sqsQueue = resourceType<QueueProperties>({
  type: 'AWS::SQS::Queue',
  properties: QueueProperties,
  replacedBy: ['QueueName'],
  async put({ properties, existing, generatedName }, { clients: { sqs }, region, accountId }) {
    if (existing !== undefined) throw new Error('a queue cannot be changed in place here: the in-process SQS has no SetQueueAttributes')
    const QueueName = properties.QueueName ?? generatedName.slice(0, 80)
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: attributesOf(properties) }))
    return { physicalId: QueueUrl, attributes: { Arn: `arn:aws:sqs:${region}:${accountId}:${QueueName}`, QueueName, QueueUrl } }
  },
  async remove({ physicalId }) {
    throw new Error(`the in-process SQS has no DeleteQueue: ${physicalId} stays`)
  },
})

const QueuePolicyProperties = z.strictObject({ Queues: z.array(z.string()).min(1), PolicyDocument: z.record(z.string(), z.unknown()) })

export const sqsQueuePolicy = resourceType<z.infer<typeof QueuePolicyProperties>>({
  type: 'AWS::SQS::QueuePolicy',
  properties: QueuePolicyProperties,
  replacedBy: [],
  async put({ properties, existing, generatedName }, { registry }) {
    for (const url of existing?.properties.Queues ?? []) registry.queuePolicies.delete(url)
    for (const url of properties.Queues) registry.queuePolicies.set(url, properties.PolicyDocument)
    return { physicalId: existing?.physicalId ?? generatedName, attributes: {} }
  },
  async remove(_made, { Queues }, { registry }) {
    for (const url of Queues) registry.queuePolicies.delete(url)
  },
})
