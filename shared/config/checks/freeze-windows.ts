// A freeze window comes: its start is a date, its time zone exists, its rule is one of RFC 5545 that has an occurrence, and it lasts.
import { recurrenceOf } from '#calendar/recurrence.ts'
import type { FreezeWindow } from '#model/freeze-window.ts'
import { type Finding, formatValue, type PathPart } from '../problem.ts'
import type { SluiceFile } from '../sluice-file.ts'

/** The start says the time of day, so the rule names days only; what comes several times a day is no freeze. */
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTH', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO', 'BYSETPOS', 'WKST']
const UTC = 'UTC'

export function freezeWindowFindings(file: SluiceFile): Finding[] {
  return [
    ...findingsOf(['policy', 'freezeWindows'], file.policy.freezeWindows),
    ...Object.entries(file.strategies).flatMap(([name, { freezeWindows }]) =>
      findingsOf(['strategies', name, 'freezeWindows'], freezeWindows),
    ),
  ]
}

function findingsOf(path: readonly PathPart[], windows: readonly FreezeWindow[]): Finding[] {
  return windows.flatMap((window, index) => {
    const at = (key: keyof FreezeWindow, allowed: string, mend: string): Finding[] => [
      { code: 'freeze-window', path: [...path, index, key], seen: formatValue(window[key]), allowed, mend },
    ]
    if (/^P[0DTHMW]*$/.test(window.duration)) return at('duration', 'a duration above zero, such as PT12H', 'Say how long it lasts.')
    if (trouble({ ...window, rrule: undefined, timeZone: UTC }) !== undefined)
      return at('start', 'a date and time that there is, such as 2026-11-27T18:00', 'Correct the date.')
    if (trouble({ ...window, rrule: undefined }) !== undefined)
      return at('timeZone', 'a time zone of the IANA database, such as Europe/Berlin, or UTC', 'Correct the name.')
    const why = window.rrule === undefined ? undefined : (whyNoRule(window.rrule) ?? trouble(window))
    return why === undefined ? [] : at('rrule', `a rule of RFC 5545 on days, such as FREQ=WEEKLY;BYDAY=FR: ${why}`, 'Correct the rule.')
  })
}

function whyNoRule(rrule: string): string | undefined {
  const parts = rrule.split(';').map((part) => part.split('='))
  const strange = parts.find(([name = '']) => !PARTS.includes(name))
  if (strange !== undefined) return `the parts ${PARTS.join(', ')}`
  const frequency = parts.find(([name]) => name === 'FREQ')?.[1]
  return FREQUENCIES.includes(frequency ?? '') ? undefined : `FREQ is one of ${FREQUENCIES.join(', ')}`
}

/** What the library objects to; also that nothing ever fits, which it finds out by giving up. */
function trouble(window: Omit<FreezeWindow, 'rrule'> & { readonly rrule?: string | undefined }): string | undefined {
  const { rrule, ...once } = window
  try {
    const first = recurrenceOf(rrule === undefined ? once : { ...once, rrule }).all((_, index) => index === 0)
    return first.length > 0 ? undefined : 'one that ever comes'
  } catch (error) {
    return error instanceof Error && !error.message.startsWith('Maximum') ? error.message : 'one that ever comes'
  }
}
