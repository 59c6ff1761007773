// Whether a queue's own policy lets a service send to it.
// Source: EventBridge user guide, "Using dead-letter queues to process undelivered events"; SNS developer guide, "Subscribing a queue".
import { mayService } from '../iam/resource-policy.ts'
import type { Queue } from './queues.ts'

/** @param sourceArn what the service acts for, such as a rule. @throws PolicyError for a policy that cannot be evaluated faithfully */
export function mayServiceSend(queue: Pick<Queue, 'arn' | 'attributes'>, service: string, sourceArn: string): boolean {
  return mayService(queue.attributes.get('Policy') ?? '', { service, action: 'sqs:SendMessage', resource: queue.arn, sourceArn })
}
