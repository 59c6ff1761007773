// An alarm: what it watches, when it breaches, and the state it is in.
// Source: API reference, PutMetricAlarm and MetricAlarm.
import type { MetricIdentity } from './metric-store.ts'

export type AlarmStateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
export type MissingDataTreatment = 'missing' | 'ignore' | 'breaching' | 'notBreaching'

export type AlarmState = {
  readonly value: AlarmStateValue
  readonly reason: string
  readonly reasonData: string
  readonly atSeconds: number
}

export type AlarmDefinition = {
  readonly name: string
  readonly arn: string
  readonly description: string | undefined
  readonly identity: MetricIdentity
  readonly stat: string
  readonly unit: string | undefined
  readonly periodSeconds: number
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly threshold: number
  readonly comparison: string
  readonly missingData: MissingDataTreatment
  readonly actionsEnabled: boolean
  readonly actions: Readonly<Record<AlarmStateValue, readonly string[]>>
}

export type Alarm = { definition: AlarmDefinition; state: AlarmState }

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
}

export const COMPARISON_NAMES = Object.keys(COMPARISONS)

export function isBreaching({ comparison, threshold }: Pick<AlarmDefinition, 'comparison' | 'threshold'>, value: number): boolean {
  return COMPARISONS[comparison]?.(value, threshold) ?? false
}

export const alarmKey = (region: string, name: string): string => `${region}|${name}`
