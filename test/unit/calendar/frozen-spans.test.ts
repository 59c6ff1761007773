// Freeze windows of RFC 5545 as spans of time: recurrence, time zones with their hours that are not there or twice, and the ends of what began before.
import { describe, expect, it, test } from 'vitest'
import { frozenSpans } from '#calendar/frozen-spans.ts'
import { FreezeWindow, spanAt } from '#model/freeze-window.ts'
import { aWeekend } from '#test/builders/freeze-window.ts'

const at = (iso: string) => Date.parse(iso) / 1000
const aWindow = (more: object = {}) => FreezeWindow.parse(aWeekend(more))
const spans = (window: FreezeWindow, from: string, until: string) =>
  frozenSpans([window], at(from), at(until)).map((span) => [
    new Date(span.from * 1000).toISOString(),
    new Date(span.until * 1000).toISOString(),
  ])

describe('a window that recurs', () => {
  it('gives its spans within the time asked for, by the clock of its zone', () => {
    expect(spans(aWindow(), '2026-07-01T00:00:00Z', '2026-07-12T00:00:00Z')).toEqual([
      ['2026-07-03T16:00:00.000Z', '2026-07-06T06:00:00.000Z'],
      ['2026-07-10T16:00:00.000Z', '2026-07-13T06:00:00.000Z'],
    ])
  })

  it('counts when it began before and still lasts, and no more at the second it ends', () => {
    const [span] = frozenSpans([aWindow()], at('2026-01-04T12:00:00Z'), at('2026-01-04T13:00:00Z'))
    expect(span).toEqual({
      name: 'weekend',
      from: at('2026-01-02T17:00:00Z'),
      until: at('2026-01-05T07:00:00Z'),
      ends: '2026-01-05 08:00 Europe/Berlin',
    })
    expect(frozenSpans([aWindow()], at('2026-01-05T07:00:00Z'), at('2026-01-05T08:00:00Z'))).toEqual([])
  })

  it('ends at the same hour of the clock when the clocks change in between', () => {
    // The last Sunday of March: Monday 08:00 in Berlin is 06:00 UTC then.
    expect(spans(aWindow(), '2026-03-28T00:00:00Z', '2026-03-29T00:00:00Z')).toEqual([
      ['2026-03-27T17:00:00.000Z', '2026-03-30T06:00:00.000Z'],
    ])
  })

  it('lasts so many hours, whatever the clocks do, where it says hours', () => {
    expect(spans(aWindow({ duration: 'PT62H' }), '2026-03-28T00:00:00Z', '2026-03-29T00:00:00Z')).toEqual([
      ['2026-03-27T17:00:00.000Z', '2026-03-30T07:00:00.000Z'],
    ])
  })

  it('leaves out an hour that is not there and takes the first of two', () => {
    const nightly = aWindow({ start: '2026-03-27T02:30', duration: 'PT10M', rrule: 'FREQ=DAILY' })
    expect(spans(nightly, '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      ['2026-03-30T00:30:00.000Z', '2026-03-30T00:40:00.000Z'],
    ])
    expect(spans(nightly, '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toEqual([
      ['2026-10-25T00:30:00.000Z', '2026-10-25T00:40:00.000Z'],
    ])
  })

  it('keeps to COUNT and UNTIL', () => {
    expect(spans(aWindow({ rrule: 'FREQ=WEEKLY;COUNT=2' }), '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z')).toHaveLength(2)
    expect(spans(aWindow({ rrule: 'FREQ=WEEKLY;UNTIL=20260116T170000Z' }), '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z')).toHaveLength(3)
  })

  it.each([
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-01-30T17:00:00.000Z'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2028-02-29T17:00:00.000Z'],
    ['FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR', '2026-02-13T17:00:00.000Z'],
  ])('%s', (rrule, first) => {
    expect(spans(aWindow({ rrule }), '2026-01-01T00:00:00Z', '2029-01-01T00:00:00Z')[0]?.[0]).toBe(first)
  })

  it('is found at once however long ago it began', () => {
    const old = aWindow({ start: '1970-01-02T18:00', rrule: 'FREQ=DAILY', duration: 'PT1H' })
    expect(spans(old, '2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z')).toEqual([['2026-07-01T16:00:00.000Z', '2026-07-01T17:00:00.000Z']])
  })
})

test('a window without a rule comes once, and one without a zone is UTC', () => {
  const once = aWindow({ rrule: undefined, timeZone: undefined, duration: 'P1W' })
  expect(spans(once, '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual([['2026-01-02T18:00:00.000Z', '2026-01-09T18:00:00.000Z']])
})

test('of several that overlap the one that ends last is named', () => {
  const all = frozenSpans([aWindow(), aWindow({ name: 'night', duration: 'PT1H' })], at('2026-01-02T17:30:00Z'), at('2026-01-02T17:40:00Z'))
  expect(all.map(({ name }) => name).toSorted()).toEqual(['night', 'weekend'])
  expect(spanAt(all, at('2026-01-02T17:30:00Z'))?.name).toBe('weekend')
  expect(spanAt(all, at('2026-01-05T07:00:00Z'))).toBeUndefined()
})
