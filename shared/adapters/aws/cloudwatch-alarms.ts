// CloudWatch behind the AlarmReader port. Metric alarms only: to see composite ones a function would have to be allowed to see every alarm
// (CloudWatch API reference, DescribeAlarms).
import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import type { AlarmReader } from '#ports/alarm-reader.ts'

/** DescribeAlarms: at most 100 names and 100 records a call (CloudWatch API reference); a strategy names fewer. */
export function cloudwatchAlarms(clientFor: (region: string) => CloudWatchClient): AlarmReader {
  return {
    states: async (names, region) => {
      // Without names it would tell of all there are.
      if (names.length === 0) return new Map()
      const { MetricAlarms = [] } = await clientFor(region).send(new DescribeAlarmsCommand({ AlarmNames: [...names], MaxRecords: 100 }))
      return new Map(MetricAlarms.flatMap(({ AlarmName, StateValue }) => (AlarmName && StateValue ? [[AlarmName, StateValue]] : [])))
    },
  }
}
