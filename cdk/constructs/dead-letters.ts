// Events that failed or came too late, kept for a person to look at. Nothing reads them back: a late order must not be executed.
import { Duration, Validations } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'

export class DeadLetters extends Construct {
  readonly queue: Queue
  readonly alarm: Alarm

  constructor(scope: Construct, id: string, stage: string) {
    super(scope, id)
    this.queue = new Queue(this, 'Queue', {
      queueName: `sluice-${stage}-dead-letters`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: `sluice-${stage}-dead-letters`,
      alarmDescription: 'An event failed or came too late. See docs/operations.md.',
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    Validations.of(this.queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'This is the dead-letter queue itself.' })
  }
}
