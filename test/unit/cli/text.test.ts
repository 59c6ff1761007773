// How things are printed.
import { describe, expect, test } from 'vitest'
import { journalLines } from '#cli/journal/journal-lines.ts'
import { changeLines } from '#cli/text/change-lines.ts'
import { durationText } from '#cli/text/duration-text.ts'
import { momentText } from '#cli/text/moment-text.ts'
import { overrideText } from '#cli/text/override-text.ts'
import { table } from '#cli/text/table.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aRecord } from '#test/builders/records.ts'

test.each([
  [0, '0s'],
  [0.4, '0s'],
  [45, '45s'],
  [60, '1m'],
  [3599.7, '1h'],
  [5400, '1h30m'],
  [7200, '2h'],
  [7205, '2h'],
  [90_000, '1d1h'],
  [86_400 * 30, '30d'],
  [-90, '1m30s'],
])('%d s are printed as %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text)
})

describe('a time is printed on the local clock and by its distance', () => {
  const now = Date.parse('2026-01-31T23:30:00Z') / 1000
  test.each([
    ['UTC', 0, '23:30:00 (now)'],
    ['UTC', -180, '23:27:00 (3m ago)'],
    ['UTC', 1, '23:30:01 (now)'],
    ['UTC', 7200, '2026-02-01 01:30:00 (in 2h)'],
    ['Europe/Berlin', 7200, '02:30:00 (in 2h)'],
    ['UTC', -86_400 * 3, '2026-01-28 23:30:00 (3d ago)'],
  ])('in %s, %i s from now: %s', (timeZone, distance, text) => {
    expect(momentText(now + distance, { now, timeZone })).toBe(text)
  })
})

test('a table aligns its columns and leaves no trailing spaces', () => {
  expect(
    table(
      [{ title: 'NAME' }, { title: 'SHARE', align: 'right' }, { title: 'NOTE' }],
      [
        ['aws', '0.5', ''],
        ['hetzner', '0.123', 'a note'],
      ],
    ),
  ).toEqual(['NAME     SHARE  NOTE', 'aws        0.5', 'hetzner  0.123  a note'])
})

test('changes are printed one record a line: new, changed, removed, with what else differs', () => {
  const reason = { code: 'test', sentence: 'test' }
  const target = { kind: 'values', values: ['203.0.113.9'], ttlSeconds: 30 } as const
  expect(
    changeLines(HOSTNAME, [
      { after: aRecord('aws', 4), reason },
      {
        before: aRecord('aws', 4),
        after: aRecord('aws', 7, { target: { ...target, values: ['203.0.113.9'] }, healthCheckId: 'other' }),
        reason,
      },
      { before: aRecord('hetzner', 3), reason },
    ]),
  ).toEqual([
    'TYPE  MEMBER        WEIGHT      ANSWERS',
    'A     aws:edge      new, 4      192.0.2.10 TTL 60',
    'A     aws:edge      4 → 7       192.0.2.10 TTL 60 → 203.0.113.9 TTL 30, health check hc-aws → other',
    'A     hetzner:edge  3, removed  198.51.100.10 TTL 60',
  ])
})

test('an override is one line: what, until when, by whom and why', () => {
  const by = { author: 'arn:aws:iam::123456789012:user/operator', reason: 'sale', createdAt: 0, expiresAt: 7200 }
  const here = { now: 0, timeZone: 'UTC' }
  const text = (override: Parameters<typeof overrideText>[0]) => overrideText(override, here).split(',')[0]
  const pin = { kind: 'pin', hostname: HOSTNAME, shares: { aws: 1 }, generation: 2, isRollback: false, ...by } as const
  expect(overrideText({ kind: 'drain', provider: 'aws', ...by }, here)).toBe(
    'drain of aws until 02:00:00 (in 2h), by arn:aws:iam::123456789012:user/operator: sale',
  )
  expect(text(pin)).toBe(`pin of ${HOSTNAME} at aws 1.00 until 02:00:00 (in 2h)`)
  expect(text({ ...pin, isRollback: true })).toBe(`rollback of ${HOSTNAME} at aws 1.00 until 02:00:00 (in 2h)`)
  expect(text({ kind: 'pause', hostname: '*', ...by })).toBe('pause of all hostnames until 02:00:00 (in 2h)')
})

test('a write whose answer was lost is told like any other, but for the id of its change', () => {
  const here = { now: 1_800_000_060, timeZone: 'UTC' }
  const receipt = {
    hostname: HOSTNAME,
    fence: { generation: 1, sequence: 8 },
    submittedAt: 1_800_000_000,
    reason: { code: 'signal', sentence: 'aws grows' },
  }
  const entries = [
    { kind: 'inSync' as const, at: 1_800_000_060, hostname: HOSTNAME, receipt: { ...receipt, inSyncAt: 1_800_000_060 } },
    { kind: 'applied' as const, at: 1_800_000_000, hostname: HOSTNAME, receipt, changes: [], undo: '{}' },
  ]
  const lines = journalLines(entries, here)
  expect(lines[0]).toMatch(/in sync: change without an id \(its answer was lost\) after 1m$/)
  expect(lines[1]).toMatch(/written: aws grows$/)
  expect(lines).toContain('    change without an id (its answer was lost), generation 1 sequence 8')
})
