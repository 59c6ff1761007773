// The three shapes in which a refused batch reaches the SDK, and what is none.
import { expect, test } from 'vitest'
import { refusedBatchMessages, throttleMessage } from '#adapters/aws/route53-errors.ts'

const error = (name: string, message: string, extra: object = {}) => Object.assign(new Error(message), { name, ...extra })

test.each([
  ['a code and a message', error('InvalidChangeBatch', '[Tried to delete …]'), ['[Tried to delete …]']],
  ['a code and messages the SDK lost', error('InvalidChangeBatch', 'UnknownError'), []],
  ['messages in a list', error('InvalidChangeBatch', 'UnknownError', { messages: ['a', 'b'] }), ['a', 'b']],
  ['the documented body', error('Unknown', 'UnknownError', { Messages: { Message: ['a', 'b'] } }), ['a', 'b']],
  ['the documented body with one message', error('Unknown', 'UnknownError', { Messages: { Message: 'a' } }), ['a']],
])('%s is a conflict', (_what, thrown, messages) => {
  expect(refusedBatchMessages(thrown)).toEqual(messages)
})

test.each([error('AccessDenied', 'no'), error('Unknown', 'UnknownError'), 'text', undefined])('%s is no conflict', (thrown) => {
  expect(refusedBatchMessages(thrown)).toBeUndefined()
})

test.each(['Throttling', 'ThrottlingException', 'PriorRequestNotComplete'])('%s means: not now', (name) => {
  expect(throttleMessage(error(name, 'Rate exceeded'))).toBe(`${name}: Rate exceeded`)
})

test('any other error is not taken for a throttle', () => {
  expect(throttleMessage(error('AccessDenied', 'no'))).toBeUndefined()
})
