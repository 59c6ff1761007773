// Everything CloudWatch knows, as its operations see it.
import type { Clock } from '#ports/clock.ts'
import type { CloudWatchSettings } from './access.ts'
import type { Alarm } from './alarm.ts'
import { createMetricStore, type MetricStore } from './metric-store.ts'

export type CloudWatchState = {
  readonly clock: Clock
  readonly settings: CloudWatchSettings
  readonly metrics: MetricStore
  /** By region and name. */
  readonly alarms: Map<string, Alarm>
}

export function createCloudWatchState(clock: Clock): CloudWatchState {
  const settings: CloudWatchSettings = { publishingLagSeconds: 0 }
  return { clock, settings, metrics: createMetricStore(clock, settings), alarms: new Map() }
}
