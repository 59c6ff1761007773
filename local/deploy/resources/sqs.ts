// AWS::SQS::Queue and AWS::SQS::QueuePolicy, over the wire.
import { CreateQueueCommand, DeleteQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
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
    const Attributes = attributesOf(properties)
    if (existing !== undefined) {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: existing.physicalId, Attributes }))
      return existing
    }
    const QueueName = properties.QueueName ?? generatedName.slice(0, 80)
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
    return { physicalId: QueueUrl, attributes: { Arn: `arn:aws:sqs:${region}:${accountId}:${QueueName}`, QueueName, QueueUrl } }
  },
  async remove({ physicalId: QueueUrl }, _properties, { clients: { sqs } }) {
    await sqs.send(new DeleteQueueCommand({ QueueUrl }))
  },
})

const QueuePolicyProperties = z.strictObject({ Queues: z.array(z.string()).min(1), PolicyDocument: z.record(z.string(), z.unknown()) })

export const sqsQueuePolicy = resourceType<z.infer<typeof QueuePolicyProperties>>({
  type: 'AWS::SQS::QueuePolicy',
  properties: QueuePolicyProperties,
  replacedBy: [],
  async put({ properties, existing, generatedName }, { clients: { sqs } }) {
    const { Queues, PolicyDocument } = properties
    const gone = existing?.properties.Queues.filter((url) => !Queues.includes(url)) ?? []
    for (const QueueUrl of gone) await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }))
    const Policy = JSON.stringify(PolicyDocument)
    for (const QueueUrl of Queues) await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
    return { physicalId: existing?.physicalId ?? generatedName, attributes: {} }
  },
  async remove(_made, { Queues }, { clients: { sqs } }) {
    for (const QueueUrl of Queues) await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }))
  },
})
