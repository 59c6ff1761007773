// A time as people read it: on the clock of the place they are in, and how far from now.
import { durationText } from './duration-text.ts'

/** What every text about time needs. `now` is the service's time in epoch seconds, `timeZone` an IANA name. */
export type Here = { readonly now: number; readonly timeZone: string }

/** `14:05:12 (3m ago)`, `16:05:12 (in 2h)`; with the date when it is another day. Epoch seconds. */
export function momentText(at: number, { now, timeZone }: Here): string {
  const [day, time] = localText(at, timeZone).split(' ')
  const [today] = localText(now, timeZone).split(' ')
  const far = Math.round(now) - Math.round(at)
  // Answers carry whole seconds: what was stored in the same second may seem to lie ahead.
  const relative = far === 0 || far === -1 ? 'now' : far > 0 ? `${durationText(far)} ago` : `in ${durationText(far)}`
  return `${day === today ? time : `${day} ${time}`} (${relative})`
}

/** `2026-01-31 14:05:12`. The Swedish way to write a time is that of ISO 8601. */
export function localText(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(new Date(Math.floor(at) * 1000))
}
