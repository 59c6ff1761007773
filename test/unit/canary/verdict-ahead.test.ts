// What a live view says of a verdict that is not there yet: each metric beside its own limit, and when a decision comes.
import { describe, expect, it } from 'vitest'
import { evidenceByMetric } from '#canary/evidence-by-metric.ts'
import { replay } from '#canary/judge/replay.ts'
import { timeToVerdict } from '#canary/time-to-verdict.ts'
import type { Canary } from '#model/canary.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import { Strategy } from '#model/strategy.ts'
import { judgeSettings, minutes } from '#test/builders/judge.ts'

const verdictAfter = (count: number, settings: JudgeSettings, canaryFailures: number) => {
  const verdict = replay(minutes(count, { requests: 100, failures: canaryFailures }, { requests: 900, failures: 9 }), settings).at(-1)
  if (verdict === undefined) throw new Error('no minute')
  return verdict
}

describe('the evidence of a metric', () => {
  it('fails by itself where the mean over all that abort reaches the limit', () => {
    const settings = judgeSettings({
      guardFailureRatio: 0.05,
      metrics: [{ kind: 'failures' }, { kind: 'count', name: 'timeouts', weight: 2 }, { kind: 'count', name: 'shown', aborts: false }],
    })
    const found = evidenceByMetric(verdictAfter(3, settings, 1), settings)
    expect(found.map(({ name, limit, passLimit }) => [name, limit, passLimit])).toEqual([
      ['failures', expect.closeTo(Math.log(100 * 4), 9), expect.closeTo(Math.log(20), 9)],
      ['timeouts', expect.closeTo(Math.log((100 * 4) / 2), 9), undefined],
      ['shown', undefined, undefined],
      ['guard', expect.closeTo(Math.log(100 * 4), 9), undefined],
    ])
  })
})

describe('the time to a verdict', () => {
  const strategy = Strategy.parse({})
  const ahead = (count: number, failures: number, more: Partial<Canary> = {}) =>
    timeToVerdict({ phase: 'baking', strategy, verdict: verdictAfter(count, strategy.judge, failures), ...more } as Canary)

  it('becomes shorter while the evidence goes that way, and is over with a pass', () => {
    const [early = 0, late = 0] = [1, 3].map((count) => ahead(count, 1)?.passMinutes)
    expect([early > late, late > 0]).toEqual([true, true])
    expect(ahead(200, 1)?.passMinutes).toBe(0)
  })

  it('of a pass moves away while the canary fails more often, and that of a fail comes nearer', () => {
    const [first, second] = [ahead(1, 3), ahead(2, 3)]
    expect(second?.passMinutes).toBeGreaterThan(first?.passMinutes ?? Number.NaN)
    expect(second?.failMinutes).toBeLessThan(first?.failMinutes ?? Number.NaN)
  })

  it('is not to be foreseen before a minute counts, while the canary stands still, after a fail, and outside the bake', () => {
    const [silent] = replay([{ minute: 0 }], strategy.judge)
    if (silent === undefined) throw new Error('no minute')
    expect(ahead(1, 1, { verdict: silent })).toBeUndefined()
    expect(ahead(1, 1, { still: { code: 'frozen', since: 0 } })).toBeUndefined()
    expect(ahead(60, 30)).toBeUndefined()
    expect(ahead(1, 1, { phase: 'settling' })).toBeUndefined()
  })
})
