// Lets alarms tell an SNS topic that exists already.
import type { Alarm, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch'

/** On the way into the alarm and out of it. The topic's policy must let CloudWatch publish, which is the default within an account. */
export function tellTopic(alarms: readonly Alarm[], topicArn: string): void {
  const action: IAlarmAction = { bind: () => ({ alarmActionArn: topicArn }) }
  for (const alarm of alarms) {
    alarm.addAlarmAction(action)
    alarm.addOkAction(action)
  }
}
