// Decides the state of an alarm from the datapoints of its evaluation range, missing ones included.
// Source: CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data", with its two tables.
import type { AlarmStateValue, MissingDataTreatment } from './alarm.ts'

/** One period of the range, newest first. */
export type Datapoint = 'breaching' | 'ok' | 'missing'

export type VerdictInput = {
  /** Newest first: the evaluation periods and the few before them that stand in for missing ones. */
  readonly range: readonly Datapoint[]
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly missingData: MissingDataTreatment
}

/** Undefined: the alarm keeps the state it has. */
export function alarmVerdict({ range, evaluationPeriods, datapointsToAlarm, missingData }: VerdictInput): AlarmStateValue | undefined {
  const present = range.filter((point) => point !== 'missing')
  // With as many real datapoints as evaluation periods, the newest of them decide and the treatment of missing data does not matter.
  const evaluated = present.slice(0, evaluationPeriods)
  const breaching = evaluated.filter((point) => point === 'breaching').length
  if (breaching >= datapointsToAlarm) return 'ALARM'
  const filled = evaluationPeriods - evaluated.length
  if (filled <= 0) return 'OK'
  switch (missingData) {
    case 'breaching':
      return breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK'
    case 'notBreaching':
      return 'OK'
    case 'ignore':
      return evaluated.includes('ok') ? 'OK' : undefined
    case 'missing':
      return withMissing(range, evaluated, datapointsToAlarm)
  }
}

/**
 * An alarm must not go off early: it does when the oldest breaching datapoint is at least as old as the number of datapoints to alarm, and all newer
 * ones are breaching or missing. Without any datapoint it is INSUFFICIENT_DATA.
 */
function withMissing(range: readonly Datapoint[], evaluated: readonly Datapoint[], datapointsToAlarm: number): AlarmStateValue | undefined {
  if (evaluated.length === 0) return 'INSUFFICIENT_DATA'
  if (evaluated.includes('ok')) return 'OK'
  return range.lastIndexOf('breaching') + 1 >= datapointsToAlarm ? 'ALARM' : undefined
}
