// Freeze windows that cannot be meant.
import { aWeekend } from '#test/builders/freeze-window.ts'
import type { FileUnderTest } from '../a-file.ts'
import type { WrongInput } from './wrong-input.ts'

/** A weekend, wrong in one of its keys. */
const freeze = (more: object) => (file: FileUnderTest) => (file.policy.freezeWindows = [aWeekend(more)])

export const freezeWindows: readonly WrongInput[] = [
  {
    wrong: 'a start of a freeze window that is no local time',
    change: freeze({ start: '2026-01-02' }),
    path: 'policy.freezeWindows[0].start',
    seen: /"2026-01-02"/,
    allowed: /a local time such as 2026-11-27T18:00/,
    mend: /2026-11-27T18:00/,
  },
  {
    wrong: 'a start of a freeze window on a day that there is not',
    change: freeze({ start: '2026-02-30T18:00' }),
    path: 'policy.freezeWindows[0].start',
    seen: /2026-02-30T18:00/,
    allowed: /a date and time that there is/,
    mend: /Correct the date/,
  },
  {
    wrong: 'a freeze window that lasts no time',
    change: freeze({ duration: 'PT0H' }),
    path: 'policy.freezeWindows[0].duration',
    seen: /"PT0H"/,
    allowed: /a duration above zero/,
    mend: /how long it lasts/,
  },
  {
    wrong: 'a duration of a freeze window in words',
    change: freeze({ duration: '12 hours' }),
    path: 'policy.freezeWindows[0].duration',
    seen: /"12 hours"/,
    allowed: /PT12H or P2DT14H/,
    mend: /PT12H/,
  },
  {
    wrong: 'a time zone that there is not',
    change: freeze({ timeZone: 'Europe/Berln' }),
    path: 'policy.freezeWindows[0].timeZone',
    seen: /"Europe\/Berln"/,
    allowed: /IANA database, such as Europe\/Berlin/,
    mend: /Correct the name/,
  },
  ...(
    [
      ['FREQ=WEKLY', /FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY/],
      ['FREQ=HOURLY', /FREQ is one of DAILY/],
      ['FREQ=WEEKLY;BYHOUR=25', /the parts FREQ, INTERVAL/],
      ['FREQ=WEEKLY;BYDAY=XX', /Invalid BYDAY value: XX/],
      ['FREQ=DAILY;COUNT=x', /COUNT/],
      ['FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31', /one that ever comes/],
    ] as const
  ).map(
    ([rrule, allowed]): WrongInput => ({
      wrong: `a recurrence ${rrule}`,
      change: (file) => (file.strategies = { careful: { freezeWindows: [aWeekend({ rrule })] } }),
      path: 'strategies.careful.freezeWindows[0].rrule',
      seen: new RegExp(rrule),
      allowed,
      mend: /Correct the rule/,
    }),
  ),
]
