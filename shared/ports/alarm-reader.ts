// The alarms that a strategy names.

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

export interface AlarmReader {
  /** Name → state of those that exist, in the region; an error of the service is thrown. */
  states(names: readonly string[], region: string): Promise<Map<string, AlarmState>>
}
