// What is learned before a canary starts: latency edges, and the standing ratio of arms split by resolver.
import { describe, expect, test } from 'vitest'
import { freezeEdges, slowerThan } from '#canary/judge/latency-edges.ts'
import { replay } from '#canary/judge/replay.ts'
import { standingRatio } from '#canary/judge/standing-ratio.ts'
import { judgeSettings, minutes } from '#test/builders/judge.ts'

const BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

describe('latency edges', () => {
  const control = { boundsSeconds: BOUNDS, counts: [100, 150, 250, 300, 110, 60, 20, 8, 2] }

  test('are bounds of the histogram near p50, p90 and p99, and the objective', () => {
    expect(freezeEdges(control)).toEqual([0.05, 0.25, 1])
    expect(freezeEdges(control, 0.45)).toEqual([0.05, 0.25, 0.5, 1])
  })

  test('are never where nothing or everything is slower, but for the objective', () => {
    const fast = { boundsSeconds: BOUNDS, counts: [0, 0, 90, 10, 0, 0, 0, 0, 0] }
    expect(freezeEdges(fast)).toEqual([0.05])
    expect(freezeEdges(fast, 1)).toEqual([0.05, 1])
  })

  test('of a histogram of nothing are none', () => {
    expect(freezeEdges({ boundsSeconds: BOUNDS, counts: BOUNDS.map(() => 0) })).toEqual([])
  })

  test('count what is slower', () => {
    expect(slowerThan(control, [0.05, 0.25, 1])).toEqual([500, 90, 10])
  })
})

describe('the standing ratio', () => {
  test('is learned as its upper end: a little above what the history shows', () => {
    // 60 requests with 1 failure beside 540 with 6: a ratio of 1.5.
    const { ratio, isLearned } = standingRatio(minutes(1440, { failures: 1 }, { failures: 6 }))
    expect(isLearned).toBe(true)
    expect(ratio).toBeGreaterThan(1.5)
    expect(ratio).toBeLessThan(1.75)
  })

  test('is no less than 1, and the default where the history says nothing', () => {
    expect(standingRatio(minutes(1440, { failures: 1 }, { failures: 20 }))).toEqual({ ratio: 1, isLearned: true })
    expect(standingRatio([])).toEqual({ ratio: 1.5, isLearned: false })
  })

  test('put in toleratedRatio keeps arms that have always failed so from being blamed', () => {
    const always = minutes(600, { failures: 1 }, { failures: 4 })
    expect(replay(always, judgeSettings()).at(-1)?.verdict).toBe('fail')
    const { ratio } = standingRatio(minutes(1440, { failures: 1 }, { failures: 4 }))
    expect(replay(always, judgeSettings({ toleratedRatio: ratio })).map(({ verdict }) => verdict)).not.toContain('fail')
  })
})
