// What an event carries must not reach a log by way of its error.
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { parseWith } from '#handler/bad-event.ts'

test('a malformed event is told by place and value, and nothing else of it is in the error', () => {
  const secret = 'a secret that is no part of the mistake'
  const event = { source: 'operator', time: 'now', authorization: secret }
  const parse = () => parseWith(z.strictObject({ source: z.string(), time: z.number() }), event)
  expect(parse).toThrow(expect.objectContaining({ name: 'BadEvent', message: expect.stringContaining('event.time') }))
  try {
    parse()
  } catch (error) {
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret)
  }
})
