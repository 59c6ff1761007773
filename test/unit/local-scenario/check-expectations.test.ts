// Expectations bite: each kind is met by what it describes and not by its opposite.
import { describe, expect, it } from 'vitest'
import { checkExpectations } from '#local/scenario/check-expectations.ts'
import type { Expectation } from '#local/scenario/expectation.ts'
import type { Recording } from '#local/scenario/recording.ts'
import { ScenarioFile } from '#local/scenario/scenario-file.ts'
import { aRecording, aWrite } from './a-recording.ts'

const EVEN = { awsShare: 0.5, failedOfHetzner: 0 }
const moving = aRecording(600, (at) => ({ awsShare: at <= 300 ? 0.5 : 0.9, failedOfHetzner: at > 200 && at <= 300 ? 0.5 : 0 }))
const quiet = aRecording(600, () => EVEN)
const written = (...writes: Recording['writes']) => aRecording(600, () => EVEN, { writes })
const said = (sentence: string, kind: 'decision' | 'event' = 'decision') =>
  aRecording(600, () => EVEN, { stories: [{ at: 100, kind, sentence }] })
const edited = (isRestored: boolean) =>
  aRecording(600, (at) => (at > 200 && !(isRestored && at > 400) ? { ...EVEN, weights: { 'aws A': 255, 'hetzner A': 100 } } : EVEN), {
    firstEditAt: 205,
  })

type Row = [what: string, expectation: unknown, recording: Recording, isMet: boolean]
const ROWS: Row[] = [
  ['a share that falls', { share: { provider: 'hetzner', from: 400, to: 600, below: 0.2 } }, moving, true],
  ['a share that did not fall', { share: { provider: 'hetzner', from: 400, to: 600, below: 0.2 } }, quiet, false],
  ['a share that stays above', { share: { provider: 'aws', from: 0, to: 300, above: 0.4 } }, moving, true],
  ['a share of what DNS answers', { share: { provider: 'aws', of: 'answered', from: 400, to: 600, above: 0.95 } }, moving, false],
  ['a share of nobody', { share: { provider: 'gcp', of: 'wanted', from: 0, to: 60, below: 1 } }, quiet, false],
  ['failures below the limit', { failed: { atMostPercent: 5 } }, moving, true],
  ['failures above the limit in a time', { failed: { from: 200, to: 300, atMostPercent: 5 } }, moving, false],
  ['failures of one provider', { failed: { provider: 'aws', from: 200, to: 300, atMostPercent: 0 } }, moving, true],
  ['failures when nobody asked', { failed: { from: 700, to: 800, atMostPercent: 5 } }, quiet, false],
  ['no write', { writes: { atMost: 0 } }, quiet, true],
  ['a write that was not wanted', { writes: { atMost: 0 } }, written(aWrite(50, 2)), false],
  ['no write in a time', { writes: { from: 60, to: 600, atMost: 0 } }, written(aWrite(50, 2)), true],
  ['a write that is missing', { writes: { atLeast: 1, atMost: 3 } }, quiet, false],
  ['a sentence', { sentence: { matches: 'aws .* failed' } }, said('aws 0.5 → 0.3: 14 % failed'), true],
  ['a sentence at another time', { sentence: { matches: 'aws', from: 200 } }, said('aws'), false],
  ['a sentence that only the story said', { sentence: { matches: 'aws' } }, said('aws browns out', 'event'), false],
  ['a condition', { condition: { provider: 'hetzner', is: 'down' } }, aRecording(60, () => ({ ...EVEN, hetznerCondition: 'down' })), true],
  ['a condition that never was', { condition: { provider: 'hetzner', is: 'down' } }, quiet, false],
  ['a fence without gaps', { fence: {} }, written(aWrite(10, 2), aWrite(20, 3), aWrite(30, 4, 2)), true],
  ['a fence with a gap', { fence: {} }, written(aWrite(10, 2), aWrite(20, 4)), false],
  ['a generation that fell', { fence: {} }, written(aWrite(10, 2, 2), aWrite(20, 3, 1)), false],
  ['a fence that ends in its generation', { fence: { generation: 2 } }, written(aWrite(10, 2), aWrite(20, 3, 2)), true],
  ['a fence that ends in another generation', { fence: { generation: 3 } }, written(aWrite(10, 2), aWrite(20, 3, 2)), false],
  ['a fence without a write', { fence: {} }, quiet, false],
  ['restored records', { restored: { by: 500 } }, edited(true), true],
  ['records that were not restored', { restored: { by: 500 } }, edited(false), false],
  ['a TTL', { ttl: { at: 300, is: 600 } }, aRecording(600, (at) => ({ ...EVEN, ttlSeconds: at > 100 ? 600 : 60 })), true],
  ['a TTL that is another', { ttl: { at: 300, is: 600 } }, quiet, false],
  ['a TTL of no hostname', { ttl: { hostname: 'x.example.com', at: 300, is: 60 } }, quiet, false],
  ['records that nobody edited', { restored: { by: 500 } }, quiet, false],
]

describe('an expectation', () => {
  it.each(ROWS)('%s', (_what, raw, recording, isMet) => {
    const { expect: expectations } = ScenarioFile.parse({ tells: 'x', lasts: 600, demand: 10, expect: [raw as Expectation] })
    const [checked] = checkExpectations({ expect: expectations, lasts: 600 }, recording)
    expect(checked?.isMet).toBe(isMet)
    expect(checked?.seen).not.toBe('')
  })
})
