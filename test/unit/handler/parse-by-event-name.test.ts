// A mistake in an event is told in the words of the kind of event that was meant.
import { expect, test } from 'vitest'
import * as z from 'zod'
import { parseByEventName } from '#handler/parse-by-event-name.ts'

const kinds = {
  named: z.strictObject({ event: z.enum(['shift', 'settle']) }),
  unnamed: z.strictObject({ action: z.enum(['hold', 'abort']) }),
}

test('an event is parsed as the kind that it says it is', () => {
  expect(parseByEventName(kinds, { event: 'shift' })).toEqual({ event: 'shift' })
  expect(parseByEventName(kinds, { action: 'hold' })).toEqual({ action: 'hold' })
})

test.for([
  [{ event: 'shaft' }, /event\.event.*shaft.*shift/s],
  [{ action: 'hole' }, /event\.action.*hole.*hold/s],
] as const)('the objection to %j is about its own kind', ([event, objection]) => {
  expect(() => parseByEventName(kinds, event)).toThrow(objection)
})
