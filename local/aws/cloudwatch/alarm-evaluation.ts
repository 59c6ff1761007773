// Evaluates the alarms on the clock and tells of every change of state.
import { type AwsClock, type Cancel, everyClockSeconds } from '../clock.ts'
import { type Alarm, type AlarmDefinition, type AlarmState, isBreaching } from './alarm.ts'
import { type AlarmStateChange, alarmStateChange, isoTimestamp } from './alarm-event.ts'
import { alarmVerdict, type Datapoint } from './alarm-verdict.ts'
import type { CloudWatchState } from './state.ts'
import { statistic } from './statistics.ts'

/** Who hears of changes: the event bus, and the ARNs of the alarm's actions. */
export type AlarmListeners = {
  readonly onChange: (change: AlarmStateChange) => void
  readonly onAction: (actionArn: string, alarm: Alarm) => void
}

/** CloudWatch looks at more periods than the alarm evaluates; two more, as in the tables of the user guide. */
const EXTRA_PERIODS = 2
/** Alarms are evaluated every minute, high-resolution ones every 10 s; a little after the period's end, when its data have come. */
const EVALUATE_AT_SECOND = 5

export function startAlarmEvaluation(clock: AwsClock, state: CloudWatchState, listeners: AlarmListeners): Cancel {
  return everyClockSeconds(
    clock,
    10,
    (plannedSeconds) => {
      const isMinute = (plannedSeconds - EVALUATE_AT_SECOND) % 60 === 0
      for (const alarm of state.alarms.values()) {
        if (isMinute || alarm.definition.periodSeconds < 60) evaluateAlarm(state, alarm, listeners)
      }
    },
    EVALUATE_AT_SECOND,
  )
}

function evaluateAlarm(state: CloudWatchState, alarm: Alarm, listeners: AlarmListeners): void {
  const { definition } = alarm
  const now = state.clock.nowSeconds()
  const points = readRange(state, definition, now)
  const range = points.map(
    ({ value }): Datapoint => (value === undefined ? 'missing' : isBreaching(definition, value) ? 'breaching' : 'ok'),
  )
  const value = alarmVerdict({ ...definition, range })
  if (value === undefined || value === alarm.state.value) return
  setAlarmState(alarm, { value, ...reason(definition, value, points, now), atSeconds: now }, listeners)
}

/** Moves an alarm to a state; listeners hear of it only if it is another one. Staying in a state starts no action (user guide, "Alarm actions"). */
export function setAlarmState(alarm: Alarm, next: AlarmState, listeners: AlarmListeners): void {
  const previous = alarm.state
  alarm.state = next
  if (previous.value === next.value) return
  listeners.onChange(alarmStateChange(alarm, previous))
  if (!alarm.definition.actionsEnabled) return
  for (const arn of alarm.definition.actions[next.value]) listeners.onAction(arn, alarm)
}

type Point = { readonly at: number; readonly value: number | undefined }

/** The closed periods of the evaluation range, newest first. */
function readRange(state: CloudWatchState, definition: AlarmDefinition, now: number): Point[] {
  const { periodSeconds, identity, stat, unit } = definition
  const end = now - (now % periodSeconds)
  const count = definition.evaluationPeriods + EXTRA_PERIODS
  const periods = state.metrics.read(identity, end - count * periodSeconds, end, periodSeconds, unit)
  return Array.from({ length: count }, (_, index) => {
    const at = end - (index + 1) * periodSeconds
    const bucket = periods.get(at)
    return { at, value: bucket && statistic(bucket, stat) }
  })
}

function reason(
  definition: AlarmDefinition,
  value: AlarmState['value'],
  points: readonly Point[],
  now: number,
): Pick<AlarmState, 'reason' | 'reasonData'> {
  const present = points.filter((point) => point.value !== undefined).slice(0, definition.evaluationPeriods)
  const list = present.map(({ at, value: itsValue }) => `${itsValue} (${isoTimestamp(at)})`).join(', ')
  const crossed = value === 'ALARM' ? 'crossed' : 'did not cross'
  const text =
    value === 'INSUFFICIENT_DATA' || present.length === 0
      ? `Insufficient Data: ${definition.evaluationPeriods} datapoints were unknown.`
      : `Threshold Crossed: ${present.length} datapoints [${list}] ${crossed} the threshold (${definition.comparison} ${definition.threshold}).`
  const data = {
    version: '1.0',
    queryDate: isoTimestamp(now),
    statistic: definition.stat,
    period: definition.periodSeconds,
    recentDatapoints: present.map((point) => point.value).reverse(),
    threshold: definition.threshold,
  }
  return { reason: text, reasonData: JSON.stringify(data) }
}
