// The event that EventBridge gets when an alarm changes its state.
// Source: CloudWatch user guide, "Alarm events and EventBridge" (sample of a single-metric alarm).
import type { Alarm, AlarmState } from './alarm.ts'

export type AlarmStateChange = {
  readonly region: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}

export function alarmStateChange({ definition, state }: Alarm, previous: AlarmState): AlarmStateChange {
  const { identity, periodSeconds, stat } = definition
  return {
    region: identity.region,
    resources: [definition.arn],
    detail: {
      alarmName: definition.name,
      configuration: {
        ...(definition.description === undefined ? {} : { description: definition.description }),
        metrics: [
          {
            id: 'm1',
            metricStat: {
              metric: { namespace: identity.namespace, name: identity.metric, dimensions: identity.dimensions },
              period: periodSeconds,
              stat,
            },
            returnData: true,
          },
        ],
      },
      previousState: describeState(previous),
      state: describeState(state),
    },
  }
}

function describeState({ value, reason, reasonData, atSeconds }: AlarmState): Record<string, string> {
  return { value, reason, ...(reasonData === '' ? {} : { reasonData }), timestamp: isoTimestamp(atSeconds) }
}

/** `2019-10-02T17:20:48.551+0000`, the form CloudWatch uses in its events. */
export function isoTimestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('Z', '+0000')
}
