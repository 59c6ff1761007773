// An order is of now: what waited longer than a tick, and what is of a time that has not come, is not executed.
import { expect, test } from 'vitest'
import { tooLate } from '#handler/too-late.ts'

const NOW = 1_800_000_000

test.each([NOW, NOW - 60, NOW + 60])('an event of %s is of this tick', (time) => {
  expect(tooLate('operator', time, NOW, 60)).toBeUndefined()
})

test('one older than a tick is late', () => {
  expect(tooLate('operator', NOW - 61, NOW, 60)).toEqual({
    code: 'late',
    sentence: 'the operator event is 61 s old, older than a tick: a late order is not executed',
  })
})

test('milliseconds are a time far ahead, and say so', () => {
  expect(tooLate('operator', NOW * 1000, NOW, 60)).toEqual({
    code: 'ahead',
    sentence: 'the operator event is of a time 1798200000000 s ahead (1800000000000): times are epoch seconds, and an order is of now',
  })
})
