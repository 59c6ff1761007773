// A time that a person types → epoch seconds: ISO 8601, a local time of day, or how long ago.
import { usageFailure } from '#cli/failure.ts'
import { type Here, localText } from '#cli/text/moment-text.ts'
import { parseDuration } from './duration.ts'

const CLOCK = /^(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{1,2}):(\d{2})(?::(\d{2}))?$/

/** `2026-01-31T12:00:00Z`; `2026-01-31 14:05` and `14:05` on the local clock, the latter the last time it was; `15m` ago. @throws CommandFailure */
export function pastMoment(text: string, here: Here): number {
  const at = read(text.trim(), here)
  if (at !== undefined && at <= here.now + 1) return at
  throw usageFailure({
    code: 'moment',
    place: '--at',
    seen: `${JSON.stringify(text)}${at === undefined ? '' : ', which is yet to come'}`,
    allowed: 'a time that has passed: 2026-01-31T12:00:00Z, 2026-01-31 14:05 or 14:05 on the local clock, or 15m for 15 minutes ago',
    mend: `Now it is ${localText(here.now, here.timeZone)} in ${here.timeZone}.`,
  })
}

function read(text: string, here: Here): number | undefined {
  const ago = parseDuration(text.replace(/ ago$/, ''))
  if (ago !== undefined) return here.now - ago
  const clock = CLOCK.exec(text)
  if (clock !== null) {
    const [, day, hour = '', minute = '', second = '00'] = clock
    const time = `${hour.padStart(2, '0')}:${minute}:${second}`
    if (day !== undefined) return wallTime(`${day}T${time}`, here.timeZone)
    const today = localText(here.now, here.timeZone).slice(0, 10)
    const at = wallTime(`${today}T${time}`, here.timeZone)
    return at === undefined || at <= here.now ? at : at - 86_400
  }
  if (!/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) return undefined
  const at = Date.parse(text) / 1000
  return Number.isFinite(at) ? at : undefined
}

/** When the clocks of the zone show `local`; taken twice because the offset may change in between. Of an hour that is repeated, one of the two. */
function wallTime(local: string, timeZone: string): number | undefined {
  const shown = Date.parse(`${local}Z`) / 1000
  if (!Number.isFinite(shown)) return undefined
  const offsetAt = (at: number) => Date.parse(`${localText(at, timeZone).replace(' ', 'T')}Z`) / 1000 - at
  return shown - offsetAt(shown - offsetAt(shown))
}
