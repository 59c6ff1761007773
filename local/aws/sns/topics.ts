// The topics of the account and the queues that subscribed to them.
import type { Clock } from '#ports/clock.ts'
import { mayService } from '../iam/resource-policy.ts'
import { uuidFrom } from '../identifier.ts'
import { mayServiceSend } from '../sqs/queue-policy.ts'
import type { Queues } from '../sqs/queues.ts'

export type Subscription = { readonly queueArn: string; readonly isRaw: boolean }

export type Topics = {
  create(arn: string): void
  arns(): string[]
  /** The topic's own policy, as JSON text. */
  setPolicy(arn: string, policy: string): void
  /** Whether that policy lets a service publish for `sourceArn`. The policy a topic begins with names its account only, no service. */
  mayServicePublish(arn: string, service: string, sourceArn: string): boolean
  /** Answers the subscription's ARN. */
  subscribe(arn: string, subscription: Subscription): string
  /** Answers the message's id. A topic that does not exist swallows the message. */
  publish(arn: string, message: string, subject?: string): string
}

export function createTopics(queues: Queues, clock: Clock): Topics {
  const topics = new Map<string, Subscription[]>()
  const policies = new Map<string, string>()
  let count = 0
  return {
    create: (arn) => void topics.set(arn, topics.get(arn) ?? []),
    arns: () => [...topics.keys()].sort(),
    setPolicy: (arn, policy) => void policies.set(arn, policy),
    mayServicePublish: (arn, service, sourceArn) =>
      mayService(policies.get(arn) ?? '', { service, action: 'sns:Publish', resource: arn, sourceArn }),
    subscribe(arn, subscription) {
      topics.get(arn)?.push(subscription)
      return `${arn}:${uuidFrom(`subscription ${arn} ${subscription.queueArn}`)}`
    },
    publish(arn, message, subject) {
      const id = uuidFrom(`notification ${++count} ${arn}`)
      const Timestamp = new Date(clock.nowSeconds() * 1000).toISOString()
      const envelope = {
        Type: 'Notification',
        MessageId: id,
        TopicArn: arn,
        ...(subject === undefined ? {} : { Subject: subject }),
        Message: message,
        Timestamp,
      }
      for (const { queueArn, isRaw } of topics.get(arn) ?? []) {
        const queue = queues.find(queueArn)
        if (queue === undefined || !mayServiceSend(queue, 'sns.amazonaws.com', arn)) {
          console.warn(
            `in-process SNS: a message of ${arn} was lost: there is no queue ${queueArn}, or its policy does not let the topic send to it`,
          )
        } else queues.send(queueArn, isRaw ? message : JSON.stringify(envelope))
      }
      return id
    },
  }
}
