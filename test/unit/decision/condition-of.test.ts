// The word and the sentence for what a provider is: in which order they are asked, and at which limits they change.
import { describe, expect, test } from 'vitest'
import { conditionOf } from '#decision/condition-of.ts'
import { Policy } from '#model/policy.ts'
import { aMember, aReading } from '#test/builders/members.ts'
import { aDrain } from '#test/builders/steering.ts'

const NOW = 10_000
const policy = Policy.parse({})
const said = (overrides: Parameters<typeof aMember>[0]) => {
  const { kind, isRed, reason } = conditionOf(aMember(overrides), policy, NOW)
  return { kind, isRed, code: reason.code, sentence: reason.sentence }
}

describe('the condition', () => {
  const cases: [string, Parameters<typeof aMember>[0], ReturnType<typeof said>][] = [
    ['of one that serves', {}, { kind: 'serving', isRed: false, code: 'serving', sentence: 'aws serves 60 requests/s' }],
    [
      'of one whose load is not configured',
      { reading: { load: undefined } },
      { kind: 'serving', isRed: false, code: 'serving', sentence: 'aws serves an unknown load' },
    ],
    [
      'drained counts before red',
      { drain: aDrain('aws', { author: 'me' }), memory: { isDown: true, redSince: 1 } },
      { kind: 'drained', isRed: true, code: 'drained', sentence: 'aws is drained by me: maintenance' },
    ],
    [
      'of one that is down and red',
      { memory: { isDown: true, redSince: NOW - 60 } },
      { kind: 'down', isRed: true, code: 'probe-red', sentence: 'aws is down: its checks have been red for 60 s' },
    ],
    [
      'of one that is down behind a green check',
      { memory: { isDown: true } },
      { kind: 'down', isRed: false, code: 'no-capacity', sentence: 'aws is down: it reports a capacity of 0 behind a green check' },
    ],
    [
      'of one that is red but not down yet',
      { memory: { redSince: NOW - 100 } },
      {
        kind: 'degraded',
        isRed: true,
        code: 'probe-red-briefly',
        sentence: 'aws has been red for 100 s: Route 53 withholds it, it counts as down in 80 s',
      },
    ],
    [
      'of one that should be down by now counts down to nothing',
      { memory: { redSince: NOW - 300 } },
      {
        kind: 'degraded',
        isRed: true,
        code: 'probe-red-briefly',
        sentence: 'aws has been red for 5 min: Route 53 withholds it, it counts as down in 0 s',
      },
    ],
    [
      'unknown counts before failing',
      { reading: { missing: ['load', 'errors'] }, memory: { isBad: true, strainedWindows: 9 } },
      { kind: 'unknown', isRed: false, code: 'signals-missing', sentence: 'aws is unknown: load and errors are missing' },
    ],
    [
      'of one that never reported says so',
      { reading: { missing: ['capacity', 'load'] }, memory: { capacity: undefined, load: undefined } },
      { kind: 'unknown', isRed: false, code: 'signals-missing', sentence: 'aws has not reported yet: capacity and load are missing' },
    ],
    [
      'of one without requests',
      { reading: { load: 0 } },
      { kind: 'serving', isRed: false, code: 'serving', sentence: 'aws is well and reports no requests' },
    ],
    [
      'of one that fails for two windows',
      { memory: { isBad: true, failing: 15, strainedWindows: 2 } },
      { kind: 'degraded', isRed: false, code: 'failing', sentence: 'aws fails 25 % of 60 requests/s' },
    ],
    [
      'of one that fails for one window, and whose share was cut for it',
      { memory: { isBad: true, failing: 90, strainedWindows: 1, lastCutAt: NOW } },
      { kind: 'degraded', isRed: false, code: 'failing', sentence: 'aws fails 100 % of 60 requests/s' },
    ],
    [
      'of one that fails for one window',
      { memory: { isBad: true, failing: 15, strainedWindows: 1, lastCutAt: NOW - 60, limit: 45, lastBadAt: NOW } },
      { kind: 'serving', isRed: false, code: 'serving', sentence: 'aws serves 60 requests/s' },
    ],
    [
      'of one that is still held to what it could do when it failed',
      { memory: { limit: 45, lastBadAt: NOW - 120 } },
      { kind: 'degraded', isRed: false, code: 'failing', sentence: 'aws failed not long ago: it is held to 45 of 100 requests/s' },
    ],
    [
      'of one that failed and is held no more',
      { memory: { lastBadAt: NOW - 120 } },
      { kind: 'serving', isRed: false, code: 'serving', sentence: 'aws serves 60 requests/s' },
    ],
    [
      'of one that is limited but never failed',
      { memory: { limit: 45 } },
      { kind: 'serving', isRed: false, code: 'serving', sentence: 'aws serves 60 requests/s' },
    ],
    [
      'of one that fails is told with the load of its newest window, not with the smoothed one',
      { reading: { load: 100 }, memory: { isBad: true, failing: 15, strainedWindows: 2 } },
      { kind: 'degraded', isRed: false, code: 'failing', sentence: 'aws fails 15 % of 100 requests/s' },
    ],
    [
      'of one that failed until nothing reached it any more',
      { reading: { load: 0 }, memory: { isBad: true, failing: 0, strainedWindows: 2 } },
      { kind: 'degraded', isRed: false, code: 'failing', sentence: 'aws fails 100 % of 0 requests/s' },
    ],
    [
      'of one that comes back, whatever was before',
      { memory: { isRamping: true, limit: 20, lastBadAt: NOW - 120 } },
      { kind: 'serving', isRed: false, code: 'ramping', sentence: 'aws is coming back: it may take 20 of 100 requests/s' },
    ],
    [
      'of one above the ceiling for two windows',
      { reading: { utilisation: 0.86 }, memory: { strainedWindows: 2 } },
      { kind: 'degraded', isRed: false, code: 'strained', sentence: 'aws runs at 86 % for 2 windows, above the ceiling of 85 %' },
    ],
    [
      'of one at the ceiling',
      { reading: { utilisation: 0.85 }, memory: { strainedWindows: 2 } },
      { kind: 'serving', isRed: false, code: 'serving', sentence: 'aws serves 60 requests/s' },
    ],
  ]
  test.each(cases)('%s', (_name, overrides, expected) => expect(said(overrides)).toEqual(expected))
})

test('a failing provider whose load nobody knows fails all of it', () => {
  const member = aMember({ memory: { isBad: true, failing: 5, strainedWindows: 2 } })
  const { load: _none, ...memory } = member.memory
  const silent = { ...member, memory, reading: aReading({ load: undefined }) }
  expect(conditionOf(silent, policy, NOW).reason.sentence).toBe('aws fails 100 % of 0 requests/s')
})
