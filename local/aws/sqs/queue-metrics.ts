// What SQS publishes about each queue, once a minute, in the namespace AWS/SQS.
// Source: SQS developer guide, "Available CloudWatch metrics for Amazon SQS": metrics of active queues, dimension QueueName, every minute.
import { type AwsClock, type Cancel, everyClockSeconds } from '../clock.ts'
import type { PublishMetric } from '../cloudwatch/metric-store.ts'
import type { Queues } from './queues.ts'

export function publishQueueMetrics(clock: AwsClock, queues: Queues, publish: PublishMetric): Cancel {
  return everyClockSeconds(clock, 60, (now) => {
    for (const { name, arn, messages } of queues.all()) {
      const visible = messages.filter(({ visibleAt }) => visibleAt <= now)
      const oldest = Math.min(now, ...messages.map(({ sentAt }) => sentAt))
      const one = (metric: string, value: number, unit: string): void =>
        publish({
          region: arn.split(':')[3] ?? '',
          namespace: 'AWS/SQS',
          metric,
          dimensions: { QueueName: name },
          atSeconds: now,
          value,
          unit,
        })
      one('ApproximateNumberOfMessagesVisible', visible.length, 'Count')
      one('ApproximateNumberOfMessagesNotVisible', messages.length - visible.length, 'Count')
      one('ApproximateAgeOfOldestMessage', now - oldest, 'Seconds')
    }
  })
}
