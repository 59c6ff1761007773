// What is shown of Route 53 and of the clients: shares by weight and health, rates of the last minute.
import { describe, expect, it } from 'vitest'
import type { AnswerableRecordSet } from '#local/aws/route53/data-plane.ts'
import type { LoadCounts } from '#local/load/load-spec.ts'
import { answeredShares, hostnameView, weightOf } from '#local/world/hostname-view.ts'
import { createRing } from '#local/world/ring.ts'
import { createWindowCounter, totals } from '#local/world/window-counts.ts'

const member = (provider: string, endpoint: string, type: string, weight: number, healthCheckId: string): AnswerableRecordSet => ({
  zoneId: 'Z1',
  name: 'media.example.com',
  type,
  values: [],
  weight,
  healthCheckId,
  setIdentifier: `sluice:media.example.com:${provider}:${endpoint}`,
})
const RECORDS = [
  member('aws', 'one', 'A', 10, 'h1'),
  member('aws', 'two', 'A', 10, 'h2'),
  member('hetzner', 'one', 'A', 20, 'h3'),
  member('aws', 'one', 'AAAA', 1, 'h1'),
  { zoneId: 'Z1', name: '_sluice.media.example.com', type: 'TXT', values: ['"gen=1 seq=7"'] },
]
const aPlane = (...red: string[]) => ({
  recordSets: (name: string, type?: string) =>
    RECORDS.filter((record) => record.name === name && (type === undefined || record.type === type)),
  isHealthy: (id: string) => !red.includes(id),
})

describe('a hostname', () => {
  it('has members with their health, and a fence', () => {
    const view = hostnameView(aPlane('h2'), 'media.example.com')
    expect(view.fence).toBe('gen=1 seq=7')
    expect(view.members.filter(({ isHealthy }) => !isHealthy).map(({ setIdentifier }) => setIdentifier)).toEqual([
      'sluice:media.example.com:aws:two',
    ])
    expect([weightOf(view, 'aws'), weightOf(view, 'hetzner'), weightOf(view, 'gcp')]).toEqual([20, 20, undefined])
  })

  it('is answered by weight and health, the endpoints of a provider together', () => {
    expect(Object.fromEntries(answeredShares(aPlane(), 'media.example.com'))).toEqual({ aws: 0.5, hetzner: 0.5 })
    const withheld = Object.fromEntries(answeredShares(aPlane('h2'), 'media.example.com'))
    expect(withheld.aws).toBeCloseTo(1 / 3)
    expect(withheld.hetzner).toBeCloseTo(2 / 3)
  })
})

const counts = (aws: number, failed: number, unresolved = 0): LoadCounts => ({
  providers: { aws: { sent: aws, failed } },
  versions: {},
  unresolved,
  dnsQueries: 0,
  demand: 10,
  inFlight: 0,
})

describe('the last minute', () => {
  it('is the difference of counts over about a minute', () => {
    const window = createWindowCounter()
    for (let at = 0; at <= 300; at += 20) window.add(at, counts(at * 10, at > 200 ? (at - 200) * 5 : 0))
    expect([window.lastMinute().seconds, window.lastMinute().of('aws'), window.lastMinute().of('hetzner')]).toEqual([
      60,
      { sent: 600, failed: 300 },
      { sent: 0, failed: 0 },
    ])
  })

  it('counts a request without an address as failed', () => {
    expect(totals(counts(100, 5, 7))).toEqual({ sent: 107, failed: 12 })
  })

  it('is empty before anything was seen', () => {
    expect(createWindowCounter().lastMinute().all).toEqual({ sent: 0, failed: 0 })
  })
})

it('a ring keeps the newest', () => {
  const ring = createRing<number>(3)
  for (const value of [1, 2, 3, 4, 5]) ring.push(value)
  expect(ring.values()).toEqual([3, 4, 5])
})
