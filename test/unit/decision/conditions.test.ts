// From ticks of signals to the condition of a provider, with the sentence that says why.
import { describe, expect, test } from 'vitest'
import { aDrain, of, type Reported, settle, steering } from '#test/builders/steering.ts'

const RATINGS = { aws: 500, hetzner: 300 }

describe('the condition of a provider', () => {
  const cases: { name: string; ticks: Record<string, Reported>[]; kind: string; sentence: string }[] = [
    { name: 'that serves', ticks: [{}], kind: 'serving', sentence: 'hetzner serves 180 requests/s' },
    {
      name: 'whose checks are red while the other has room is down at once',
      ticks: [{ aws: { load: 200 }, hetzner: { probe: 'red' } }],
      kind: 'down',
      sentence: 'hetzner is down: its checks have been red for 0 s',
    },
    {
      name: 'whose checks turned red while the other has no room is not down yet',
      ticks: [{ aws: { load: 490 }, hetzner: { probe: 'red' } }],
      kind: 'degraded',
      sentence: 'hetzner has been red for 0 s: Route 53 withholds it, it counts as down in 3 min',
    },
    {
      name: 'that has been red for downAfter is down though the other has no room',
      ticks: Array.from({ length: 4 }, () => ({ aws: { load: 490 }, hetzner: { probe: 'red' } })),
      kind: 'down',
      sentence: 'hetzner is down: its checks have been red for 3 min',
    },
    {
      name: 'that reports no capacity behind a green check is down',
      ticks: [{ hetzner: { capacity: 0 } }],
      kind: 'down',
      sentence: 'hetzner is down: it reports a capacity of 0 behind a green check',
    },
    {
      name: 'that reported no capacity stays down while the capacity is missing',
      ticks: [{ hetzner: { capacity: 0 } }, { hetzner: { capacity: 'missing' } }],
      kind: 'down',
      sentence: 'hetzner is down: it reports a capacity of 0 behind a green check',
    },
    {
      name: 'that fails beyond its budget is degraded',
      ticks: [{ hetzner: { errors: 30 } }, { hetzner: { errors: 30 } }],
      kind: 'degraded',
      sentence: 'hetzner fails 17 % of 180 requests/s',
    },
    {
      name: 'that fails within its budget serves',
      ticks: [{ hetzner: { errors: 1.8 } }, { hetzner: { errors: 1.8 } }],
      kind: 'serving',
      sentence: 'hetzner serves 180 requests/s',
    },
    {
      name: 'that runs above the ceiling for two windows is degraded',
      ticks: [{ hetzner: { utilisation: 0.9 } }, { hetzner: { utilisation: 0.9 } }],
      kind: 'degraded',
      sentence: 'hetzner runs at 90 % for 2 windows, above the ceiling of 85 %',
    },
    {
      name: 'that ran above the ceiling for one window serves',
      ticks: [{ hetzner: { utilisation: 0.9 } }],
      kind: 'serving',
      sentence: 'hetzner serves 180 requests/s',
    },
    {
      name: 'whose load is missing is unknown',
      ticks: [{ hetzner: { load: 'missing' } }],
      kind: 'unknown',
      sentence: 'hetzner is unknown: load is missing',
    },
    {
      name: 'of which nothing is known is unknown',
      ticks: [{ hetzner: { probe: 'unknown', capacity: 'missing', load: 'missing', errors: 'missing' } }],
      kind: 'unknown',
      sentence: 'hetzner is unknown: probe, capacity, load and errors are missing',
    },
    {
      name: 'that was red stays down while the verdict is missing',
      ticks: [
        { aws: { load: 200 }, hetzner: { probe: 'red' } },
        { aws: { load: 200 }, hetzner: { probe: 'unknown' } },
      ],
      kind: 'down',
      sentence: 'hetzner is down: its checks have been red for 60 s',
    },
  ]
  test.each(cases)('$name', ({ ticks, kind, sentence }) => {
    const set = steering(RATINGS)
    settle(set)
    const decisions = ticks.map((reported) => set.tick(reported))
    const last = decisions.at(-1)
    if (last === undefined) throw new Error('a case needs a tick')
    const { condition } = of(last, 'hetzner')
    expect(condition).toMatchObject({ kind, reason: { sentence } })
  })

  test('that an operator drained is drained, whatever its signals say', () => {
    const set = steering(RATINGS)
    settle(set)
    const decision = set.tick({ hetzner: { probe: 'red' } }, { overrides: [aDrain('hetzner')] })
    expect(of(decision, 'hetzner').condition).toMatchObject({
      kind: 'drained',
      isRed: true,
      reason: { sentence: 'hetzner is drained by arn:aws:iam::123456789012:user/operator: maintenance' },
    })
  })

  test('with a drain that has expired is not drained', () => {
    const set = steering(RATINGS)
    settle(set)
    const decision = set.tick({}, { overrides: [aDrain('hetzner', { expiresAt: set.now() + 60 })] })
    expect(of(decision, 'hetzner').condition.kind).toBe('serving')
  })
})
