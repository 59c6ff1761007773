// Which events a pattern wants.
import { expect, it } from 'vitest'
import { matchesPattern, readPattern } from '#local/aws/events/pattern.ts'

const event = {
  source: 'aws.cloudwatch',
  resources: ['arn:1', 'arn:2'],
  detail: { alarmName: 'sluice-test-red', state: { value: 'ALARM' }, count: 7, previous: null },
}

it.each<[pattern: unknown, expected: boolean]>([
  [{ source: ['aws.cloudwatch', 'aws.events'] }, true],
  [{ source: ['aws.events'] }, false],
  [{ resources: ['arn:2'] }, true],
  [{ detail: { state: { value: ['ALARM', 'OK'] } } }, true],
  [{ detail: { alarmName: [{ prefix: 'sluice-test-' }] } }, true],
  [{ detail: { alarmName: [{ suffix: '-green' }] } }, false],
  [{ detail: { alarmName: [{ 'anything-but': { prefix: 'sluice-' } }] } }, false],
  [{ detail: { alarmName: [{ 'anything-but': ['other'] }] } }, true],
  [{ detail: { alarmName: [{ 'equals-ignore-case': 'SLUICE-TEST-RED' }] } }, true],
  [{ detail: { count: [{ numeric: ['>', 5, '<=', 7] }] } }, true],
  [{ detail: { count: [{ numeric: ['<', 7] }] } }, false],
  [{ detail: { missing: [{ exists: false }] } }, true],
  [{ detail: { count: [{ exists: false }] } }, false],
  [{ detail: { previous: [null] } }, true],
  [{ detail: { missing: { deeper: ['x'] } } }, false],
])('%j: %s', (pattern, expected) => {
  expect(matchesPattern(readPattern(JSON.stringify(pattern)), event)).toBe(expected)
})

it.each(['not json', '[]', '{"source":"aws"}', '{"detail":{"a":[{"cidr":"10.0.0.0/8"}]}}', '{"$or":[]}'])('%s is refused', (text) => {
  expect(() => readPattern(text)).toThrow(/Event pattern is not valid/)
})
