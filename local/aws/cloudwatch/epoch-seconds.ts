// A point in time as the wire has it, in epoch seconds.
import { invalidValue } from './faults.ts'

/** Timestamps are epoch seconds in JSON; some clients send ISO 8601. */
export function epochSeconds(value: unknown, place: string): number {
  const seconds = typeof value === 'number' ? value : Date.parse(String(value)) / 1000
  if (!Number.isFinite(seconds)) throw invalidValue(`The parameter ${place} must be a timestamp, seen '${value}'`)
  return seconds
}
