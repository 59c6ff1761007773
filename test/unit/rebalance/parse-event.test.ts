// The door of rebalance: every source becomes a TickEvent, anything else is told what is allowed.
import { describe, expect, test } from 'vitest'
import { parseEvent } from '#lambdas/rebalance/parse-event.ts'

const scheduled = {
  version: '0',
  id: 'x',
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  time: '2026-01-31T12:00:00Z',
  detail: {},
}
const alarm = {
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  time: '2026-01-31T12:00:00Z',
  detail: { alarmName: 'red', state: { value: 'ALARM', reason: 'x' } },
}
const operator = { source: 'operator', time: 1, author: 'me', request: { action: 'drain', provider: 'aws', reason: 'x', expiresAt: 9 } }

describe('parseEvent', () => {
  test('reads a schedule', () => {
    expect(parseEvent(scheduled)).toEqual({ source: 'schedule', time: Date.UTC(2026, 0, 31, 12) / 1000 })
  })

  test('reads the state change of an alarm', () => {
    expect(parseEvent(alarm)).toEqual({ source: 'alarm', time: Date.UTC(2026, 0, 31, 12) / 1000, alarmName: 'red', state: 'ALARM' })
  })

  test('reads an operator, with dryRun off by default', () => {
    expect(parseEvent(operator)).toEqual({ ...operator, dryRun: false })
  })

  test.each([
    ['no object', 'hello', 'event: seen "hello"; allowed: a map with the keys source'],
    ['no source', {}, 'seen nothing'],
    ['an unknown source', { source: 'aws.s3' }, 'seen "aws.s3"'],
    ['a schedule without time', { source: 'aws.events' }, 'event.time: '],
    ['a time that is none', { ...scheduled, time: 'noon' }, 'event.time: seen "noon"; allowed: a time such as 2026-'],
    [
      'a pause of no hostname',
      { ...operator, request: { action: 'pause', hostname: 'x', reason: 'x', expiresAt: 9 } },
      '"*" or a DNS name',
    ],
    ['another event of CloudWatch', { ...alarm, 'detail-type': 'Other' }, 'event.detail-type: '],
    ['an alarm in no state', { ...alarm, detail: { alarmName: 'red', state: { value: 'RED' } } }, 'event.detail.state.value: '],
    ['an operator without author', { ...operator, author: undefined }, 'event.author: '],
    [
      'an unknown action',
      { ...operator, request: { action: 'explode' } },
      'event.request.action: seen "explode"; allowed: one of "tick", "drain"',
    ],
    [
      'an unknown key',
      { ...operator, request: { ...operator.request, force: true } },
      'event.request.force: seen the key "force"; allowed: the keys action, provider, reason, expiresAt; mend: Remove',
    ],
    ['a drain without reason', { ...operator, request: { ...operator.request, reason: '' } }, 'event.request.reason: '],
    ['an expiry that is no number', { ...operator, request: { ...operator.request, expiresAt: 'soon' } }, 'event.request.expiresAt: '],
  ])('refuses %s and names the place', (_what, event, place) => {
    expect(() => parseEvent(event)).toThrow(expect.objectContaining({ name: 'BadEvent', message: expect.stringContaining(place) }))
  })
})
