// A freeze window as a recurrence of RFC 5545: the one place that knows the library.
import { RRuleTemporal } from 'rrule-temporal'
import type { FreezeWindow } from '#model/freeze-window.ts'

/** @throws what the library says of a time zone, a start or a rule that there is not */
export function recurrenceOf({ start, rrule, timeZone }: Omit<FreezeWindow, 'name'>): RRuleTemporal {
  const compact = start.replaceAll(/[-:]/g, '')
  const dtstart = compact.length === 'YYYYMMDDTHHMM'.length ? `${compact}00` : compact
  // Strict: the library otherwise takes more than the RFC allows. Nothing is kept between calls.
  const rruleString = `DTSTART;TZID=${timeZone}:${dtstart}\nRRULE:${rrule ?? 'FREQ=DAILY;COUNT=1'}`
  return new RRuleTemporal({ rruleString, strict: true, cache: false })
}
