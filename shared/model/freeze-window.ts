// When no canary may go forward: a start, how long it lasts, how it recurs, and whose clock is meant. The words of RFC 5545.
import * as z from 'zod'
import { ShortName } from './names.ts'

export const FreezeWindow = z.strictObject({
  name: ShortName.describe('how refusals call it'),
  start: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, 'a local time such as 2026-11-27T18:00')
    .describe('DTSTART, by the clock of timeZone'),
  duration: z
    .string()
    .regex(/^P(?=.)(\d+W|(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?)$/, 'a duration such as PT12H or P2DT14H')
    .describe('DURATION'),
  rrule: z.string().min(1).optional().describe('RRULE such as FREQ=WEEKLY; left out: once'),
  timeZone: z.string().min(1).default('UTC').describe('such as Europe/Berlin'),
})
export type FreezeWindow = z.infer<typeof FreezeWindow>

/** One occurrence of a window. Epoch seconds; `ends` is the end by the window's own clock, for sentences. */
export const FrozenSpan = z.object({ name: z.string(), from: z.number(), until: z.number(), ends: z.string() })
export type FrozenSpan = z.infer<typeof FrozenSpan>

/** The span that holds `atSeconds`, the one that ends last where they overlap. */
export function spanAt(spans: readonly FrozenSpan[], atSeconds: number): FrozenSpan | undefined {
  return spans.filter(({ from, until }) => from <= atSeconds && atSeconds < until).toSorted((a, b) => b.until - a.until)[0]
}
