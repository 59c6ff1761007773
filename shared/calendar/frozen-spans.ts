// Freeze windows → the spans of time in which nothing goes forward. The time is an argument, as everywhere in the pure parts.
import type { FreezeWindow, FrozenSpan } from '#model/freeze-window.ts'
import { recurrenceOf } from './recurrence.ts'

const DAY_SECONDS = 86_400

/** What a duration says, in the units of the calendar. */
type Lasting = { readonly days: number; readonly hours: number; readonly minutes: number }

/** Those that touch `[fromSeconds, untilSeconds)`, in order of their start. Epoch seconds. The windows have passed the checks of the configuration. */
export function frozenSpans(windows: readonly FreezeWindow[], fromSeconds: number, untilSeconds: number): FrozenSpan[] {
  return windows.flatMap((window) => spansOf(window, fromSeconds, untilSeconds)).toSorted((a, b) => a.from - b.from)
}

function spansOf(window: FreezeWindow, fromSeconds: number, untilSeconds: number): FrozenSpan[] {
  const rule = recurrenceOf(window)
  const start = rule.options().dtstart
  const lasting = lastingOf(window.duration)
  // One that began before may still last; a day of the calendar can have an hour more.
  const longestSeconds = (lasting.days + 1) * DAY_SECONDS + lasting.hours * 3600 + lasting.minutes * 60
  const at = (seconds: number) => start.add({ seconds: Math.round(seconds - start.epochMilliseconds / 1000) })
  return rule
    .between(at(fromSeconds - longestSeconds), at(untilSeconds), true)
    .map((begin) => {
      // Days and weeks by the calendar, hours and minutes by the clock, as RFC 5545 has it (3.8.2.5, 3.3.6).
      const end = begin.add(lasting)
      const ends = `${end.toString().slice(0, 16).replace('T', ' ')} ${window.timeZone}`
      return { name: window.name, from: begin.epochMilliseconds / 1000, until: end.epochMilliseconds / 1000, ends }
    })
    .filter(({ from, until }) => from < untilSeconds && until > fromSeconds)
}

function lastingOf(duration: string): Lasting {
  const of = (unit: string, text: string | undefined) => Number(new RegExp(`(\\d+)${unit}`).exec(text ?? '')?.[1] ?? 0)
  const [date, time] = duration.split('T')
  return { days: of('D', date) + 7 * of('W', date), hours: of('H', time), minutes: of('M', time) }
}
