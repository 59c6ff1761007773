// The queues of the account: messages with their visibility on the clock, and receivers that wait for one.
// Source: SQS developer guide, "Visibility timeout", "Short and long polling".
import { createHash } from 'node:crypto'
import { ACCOUNT_ID } from '../account.ts'
import type { AwsClock } from '../clock.ts'
import { identifier, uuidFrom } from '../identifier.ts'

export type Message = {
  readonly id: string
  readonly body: string
  readonly md5: string
  readonly attributes: Readonly<Record<string, string>>
  readonly sentAt: number
  visibleAt: number
  receiptHandle: string
  receiveCount: number
}

export type Queue = {
  readonly name: string
  readonly arn: string
  readonly createdAt: number
  readonly attributes: Map<string, string>
  messages: Message[]
}

export type Queues = {
  create(name: string, attributes: Readonly<Record<string, string>>, region: string): Queue
  remove(queue: Queue): void
  find(nameOrArnOrUrl: string): Queue | undefined
  all(): Queue[]
  /** False when there is no such queue. */
  send(nameOrArn: string, body: string, attributes?: Readonly<Record<string, string>>, delaySeconds?: number): Message | undefined
  /** Waits up to `waitSeconds` of the clock for the first message. */
  receive(queue: Queue, maximum: number, visibilitySeconds: number, waitSeconds: number): Promise<Message[]>
}

export function createQueues(clock: AwsClock): Queues {
  const queues = new Map<string, Queue>()
  const waiting = new Map<Queue, Set<() => void>>()
  let count = 0

  function take(queue: Queue, maximum: number, visibilitySeconds: number): Message[] {
    const now = clock.nowSeconds()
    const retention = Number(queue.attributes.get('MessageRetentionPeriod') ?? DEFAULTS.MessageRetentionPeriod)
    queue.messages = queue.messages.filter(({ sentAt }) => sentAt > now - retention)
    const taken = queue.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, maximum)
    for (const message of taken) {
      message.visibleAt = now + visibilitySeconds
      message.receiveCount += 1
      message.receiptHandle = identifier('', `receipt ${message.id} ${message.receiveCount}`, 44)
    }
    return taken
  }

  const self: Queues = {
    create(name, attributes, region) {
      const queue = {
        name,
        arn: `arn:aws:sqs:${region}:${ACCOUNT_ID}:${name}`,
        createdAt: clock.nowSeconds(),
        attributes: new Map(Object.entries(attributes)),
        messages: [],
      }
      queues.set(name, queue)
      return queue
    },
    remove(queue) {
      queues.delete(queue.name)
      for (const wake of waiting.get(queue) ?? []) wake()
    },
    find: (given) => queues.get(given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf(':')) + 1)),
    all: () => [...queues.values()],
    send(nameOrArn, body, attributes = {}, delaySeconds = 0) {
      const queue = self.find(nameOrArn)
      if (queue === undefined) return undefined
      const sentAt = clock.nowSeconds()
      const id = uuidFrom(`message ${++count} ${queue.name}`)
      const message = { id, body, md5: md5(body), attributes, sentAt, visibleAt: sentAt + delaySeconds, receiptHandle: '', receiveCount: 0 }
      queue.messages.push(message)
      for (const wake of waiting.get(queue) ?? []) wake()
      return message
    },
    async receive(queue, maximum, visibilitySeconds, waitSeconds) {
      const first = take(queue, maximum, visibilitySeconds)
      if (first.length > 0 || waitSeconds <= 0) return first
      await new Promise<void>((resolve) => {
        const sleepers = waiting.get(queue) ?? new Set()
        const wake = () => {
          cancel()
          sleepers.delete(wake)
          resolve()
        }
        const cancel = clock.setTimeout(wake, waitSeconds)
        waiting.set(queue, sleepers.add(wake))
      })
      return take(queue, maximum, visibilitySeconds)
    },
  }
  return self
}

/** Defaults of CreateQueue. */
export const DEFAULTS: Readonly<Record<string, string>> = {
  VisibilityTimeout: '30',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
  MaximumMessageSize: '1048576',
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
