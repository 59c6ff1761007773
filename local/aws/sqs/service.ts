// SQS on the wire: CreateQueue, DeleteQueue, GetQueueUrl, ListQueues, Get- and SetQueueAttributes, SendMessage, ReceiveMessage, DeleteMessage.
// Source: SQS API reference of each.
import { ACCOUNT_ID } from '../account.ts'
import { jsonService } from '../wire/json-protocol.ts'
import type { WireService } from '../wire/message.ts'
import type { Gate, Operation } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import { DEFAULTS, type Message, type Queue, type Queues } from './queues.ts'

type Input = {
  readonly QueueName?: string
  readonly QueueNamePrefix?: string
  readonly QueueUrl?: string
  readonly Attributes?: Readonly<Record<string, string>>
  readonly AttributeNames?: readonly string[]
  readonly MessageBody?: string
  readonly DelaySeconds?: number
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>
  readonly MaxNumberOfMessages?: number
  readonly VisibilityTimeout?: number
  readonly WaitTimeSeconds?: number
  readonly ReceiptHandle?: string
}

/** `baseUrl` is where the endpoint answers: queue URLs lead back to it. */
export function sqsService(queues: Queues, baseUrl: () => string, gate: Gate): WireService {
  const url = (queue: Queue) => `${baseUrl()}/${ACCOUNT_ID}/${queue.name}`
  const get = ({ QueueUrl = '', QueueName = QueueUrl }: Input): Queue => {
    const queue = queues.find(QueueName)
    if (queue === undefined) throw new ServiceFault('QueueDoesNotExist', 'The specified queue does not exist.')
    return queue
  }
  const on = (action: string, run: Operation<Input>['run']): Operation<Input> => ({
    permissions: ({ QueueName, QueueUrl }, { region }) => [
      { action: `sqs:${action}`, resource: `arn:aws:sqs:${region}:${ACCOUNT_ID}:${QueueName ?? QueueUrl?.split('/').at(-1) ?? ''}` },
    ],
    run,
  })
  const operations: Readonly<Record<string, Operation>> = {
    CreateQueue: on('CreateQueue', (input, { region }) => ({ QueueUrl: url(createQueue(queues, input, region)) })),
    GetQueueUrl: on('GetQueueUrl', (input) => ({ QueueUrl: url(get(input)) })),
    ListQueues: on('ListQueues', ({ QueueNamePrefix = '' }) => ({
      QueueUrls: queues
        .all()
        .filter(({ name }) => name.startsWith(QueueNamePrefix))
        .map(url),
    })),
    GetQueueAttributes: on('GetQueueAttributes', (input) => {
      const wanted = input.AttributeNames ?? []
      const all = attributesOf(get(input))
      return { Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name))) }
    }),
    SetQueueAttributes: on('SetQueueAttributes', (input) => {
      const queue = get(input)
      for (const [name, value] of Object.entries(input.Attributes ?? {})) queue.attributes.set(name, value)
    }),
    DeleteQueue: on('DeleteQueue', (input) => {
      queues.remove(get(input))
    }),
    SendMessage: on('SendMessage', (input) => {
      const queue = get(input)
      if (!input.MessageBody) throw new ServiceFault('MissingParameter', 'The request must contain the parameter MessageBody.')
      const attributes = Object.entries(input.MessageAttributes ?? {}).map(([name, { StringValue = '' }]) => [name, StringValue] as const)
      const sent = queues.send(queue.name, input.MessageBody, Object.fromEntries(attributes), input.DelaySeconds)
      return { MessageId: sent?.id, MD5OfMessageBody: sent?.md5 }
    }),
    ReceiveMessage: on('ReceiveMessage', async (input) => {
      const queue = get(input)
      const maximum = bounded(input.MaxNumberOfMessages ?? 1, 'MaxNumberOfMessages', 1, 10)
      const wait = bounded(input.WaitTimeSeconds ?? attribute(queue, 'ReceiveMessageWaitTimeSeconds'), 'WaitTimeSeconds', 0, 20)
      const visibility = input.VisibilityTimeout ?? attribute(queue, 'VisibilityTimeout')
      return { Messages: (await queues.receive(queue, maximum, visibility, wait)).map(describe) }
    }),
    DeleteMessage: on('DeleteMessage', (input) => {
      const queue = get(input)
      queue.messages = queue.messages.filter(({ receiptHandle }) => receiptHandle !== input.ReceiptHandle)
    }),
  }
  return jsonService({ scope: 'sqs', targetPrefix: 'AmazonSQS', version: '1.0', gate, operations, queryCodes: QUERY_CODES })
}

/** The codes that the older Query protocol had for the same errors. */
const QUERY_CODES = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  AccessDeniedException: 'AccessDenied',
}

function createQueue(queues: Queues, { QueueName = '', Attributes = {} }: Input, region: string): Queue {
  if (!/^[\w-]{1,80}$/.test(QueueName)) {
    throw new ServiceFault('InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length')
  }
  const existing = queues.find(QueueName)
  if (existing === undefined) return queues.create(QueueName, Attributes, region)
  // "Amazon SQS returns this error only if the request includes attributes whose values differ from those of the existing queue."
  if (Object.entries(Attributes).some(([name, value]) => existing.attributes.get(name) !== value)) {
    throw new ServiceFault('QueueNameExists', 'A queue already exists with the same name and a different value for an attribute')
  }
  return existing
}

function attribute(queue: Queue, name: string): number {
  return Number(queue.attributes.get(name) ?? DEFAULTS[name])
}

function attributesOf(queue: Queue): Record<string, string> {
  const inFlight = queue.messages.filter(({ receiveCount }) => receiveCount > 0).length
  return {
    ...DEFAULTS,
    ...Object.fromEntries(queue.attributes),
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAt)),
    ApproximateNumberOfMessages: String(queue.messages.length - inFlight),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: '0',
  }
}

function bounded(value: number, name: string, minimum: number, maximum: number): number {
  if (value >= minimum && value <= maximum) return value
  throw new ServiceFault(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${minimum} and ${maximum}, if provided.`,
  )
}

function describe(message: Message): Record<string, unknown> {
  const attributes = Object.entries(message.attributes).map(([name, value]) => [name, { StringValue: value, DataType: 'String' }])
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5,
    Body: message.body,
    Attributes: { SentTimestamp: String(Math.floor(message.sentAt * 1000)), ApproximateReceiveCount: String(message.receiveCount) },
    ...(attributes.length === 0 ? {} : { MessageAttributes: Object.fromEntries(attributes) }),
  }
}
