// The judge, minute by minute: golden values, the order of its verdicts, and what is counted.
import { describe, expect, test } from 'vitest'
import { type Judged, judgeMinute, newJudgeState } from '#canary/judge/judge-minute.ts'
import type { JudgeMinute } from '#model/judge-minute.ts'
import { JudgeSettings } from '#model/judge-settings.ts'
import { JudgeState } from '#model/judge-state.ts'
import { Verdict } from '#model/verdict.ts'
import { aMinute, judgeSettings, minutes } from '#test/builders/judge.ts'

function judgeAll(all: readonly JudgeMinute[], settings = judgeSettings()): Verdict[] {
  let state = newJudgeState(settings)
  return all.map((minute) => {
    const judged: Judged = judgeMinute(state, minute, settings)
    state = JudgeState.parse(judged.state)
    return Verdict.parse(judged.verdict)
  })
}

const last = (all: readonly JudgeMinute[], settings?: JudgeSettings): Verdict => {
  const verdict = judgeAll(all, settings).at(-1)
  if (verdict === undefined) throw new Error('no minute was judged')
  return verdict
}

const kinds = (verdicts: readonly Verdict[]) => verdicts.map(({ verdict }) => verdict)

/** Requests and failures of the canary, then of the control. */
const fromTable = (rows: readonly (readonly [number, number, number, number])[]) =>
  rows.map(([nc, xc, nb, xb], minute) => aMinute(minute, { requests: nc, failures: xc }, { requests: nb, failures: xb }))

const TRACE = fromTable([
  [60, 2, 540, 3],
  [60, 1, 540, 2],
  [120, 3, 480, 1],
  [30, 0, 570, 4],
])

describe('log E', () => {
  // Each from the formulas of docs/judge.md in 50-digit arithmetic (mpmath), independently of this code.
  test.each<[string, readonly JudgeMinute[], JudgeSettings, 'logE' | 'passLogE', number]>([
    ['four minutes, share changing', TRACE, judgeSettings(), 'logE', 2.75066386011483],
    ['the same with half as much again tolerated', TRACE, judgeSettings({ toleratedRatio: 1.5 }), 'logE', 1.22593913786789],
    ['one minute of six failures, all of the canary', fromTable([[60, 6, 540, 0]]), judgeSettings(), 'logE', 11.6818605069896],
    [
      'millions of failures',
      fromTable(Array.from({ length: 50 }, () => [30_000, 15_000, 30_000, 14_000] as const)),
      judgeSettings(),
      'logE',
      -19461.5155490582,
    ],
    ['for it', TRACE, judgeSettings(), 'passLogE', -1.58110208373004],
    ['for it, below three times and 1 %', TRACE, judgeSettings({ maxRatio: 3, maxFailureRatio: 0.01 }), 'passLogE', -2.6613973388002],
    ['for it, without a failure', minutes(3), judgeSettings({ maxFailureRatio: 0.01 }), 'passLogE', 1.19184851584926],
  ])('%s', (_, trace, settings, which, expected) => {
    const seen = last(trace, settings)[which]
    expect(Math.abs(seen - expected)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected)))
  })

  test('of the guard', () => {
    const seen = last(TRACE.slice(0, 3), judgeSettings({ guardFailureRatio: 0.01 })).guard?.canary
    expect(seen).toBeCloseTo(0.611851182494705, 12)
  })
})

describe('the verdict', () => {
  test('is hold while there is too little evidence, with the arithmetic as a sentence', () => {
    const verdict = last(TRACE)
    expect(verdict).toMatchObject({ verdict: 'hold', isCounted: true, unit: 'requests', counted: 4, share: 0.05 })
    expect(verdict.reason).toEqual({
      code: 'undecided',
      sentence:
        'not enough evidence yet; canary 0 failures in 30 requests (0 %), control 4 failures in 570 requests (0.7 %), share 5 %; log E 2.75 of 4.61 against it, -1.58 of 3.00 for it',
    })
  })

  test('is fail when log E reaches ln(1/α), and for ever after: monotone verdict', () => {
    const verdicts = judgeAll([aMinute(0, { failures: 6 }, { failures: 0 }), ...minutes(500, {}, { failures: 50 }, 1), { minute: 600 }])
    expect(new Set(kinds(verdicts))).toEqual(new Set(['fail']))
    expect(verdicts.at(-1)).toMatchObject({ since: 0, logE: verdicts[0]?.logE })
  })

  test('is pass when the evidence for it reaches ln(1/β)', () => {
    const verdicts = judgeAll(minutes(60))
    const first = verdicts.findIndex(({ verdict }) => verdict === 'pass')
    expect(verdicts[first]?.passLogE).toBeGreaterThanOrEqual(Math.log(20))
    expect(verdicts[first - 1]).toMatchObject({ verdict: 'hold' })
    expect(verdicts[first - 1]?.passLogE).toBeLessThan(Math.log(20))
  })

  test('is not pass for long: evidence that turns takes it back', () => {
    const verdicts = judgeAll([...minutes(20), ...minutes(20, { failures: 1 }, {}, 20)])
    expect(verdicts[19]?.verdict).toBe('pass')
    expect(verdicts.at(-1)?.verdict).not.toBe('pass')
  })
})

describe('no promotion on missing data', () => {
  const passing = minutes(40)
  test.each<[string, Partial<JudgeMinute>, string]>([
    ['nothing is known', { canary: undefined, control: undefined } as Partial<JudgeMinute>, 'no-data'],
    ['nothing is known of the canary', { control: aMinute(40).control } as Partial<JudgeMinute>, 'no-data'],
    ['nothing is known of the control', { canary: aMinute(40).canary } as Partial<JudgeMinute>, 'no-data'],
    ['the canary got no requests', aMinute(40, { requests: 0 }), 'no-canary-requests'],
    ['the control got no requests', aMinute(40, {}, { requests: 0, failures: 0 }), 'no-control-requests'],
    ['failures are missing', { canary: { requests: 60 }, control: { requests: 540, failures: 1 } }, 'no-metric'],
  ])('is noData where %s, however good the minutes before', (_, minute, code) => {
    const verdicts = judgeAll([...passing, { ...minute, minute: 40 }])
    expect(verdicts[39]?.verdict).toBe('pass')
    expect(verdicts[40]).toMatchObject({ verdict: 'noData', reason: { code }, passLogE: verdicts[39]?.passLogE })
  })

  test('a critical metric that is missing prevents a pass, not a fail', () => {
    const settings = judgeSettings({ metrics: [{ kind: 'failures' }, { kind: 'count', name: 'timeouts', critical: true }] })
    expect(last(minutes(60), settings)).toMatchObject({ verdict: 'noData', reason: { code: 'no-metric' } })
    expect(last(minutes(3, { failures: 10 }), settings).verdict).toBe('fail')
  })
})

describe('what is counted', () => {
  test('a frozen minute changes nothing', () => {
    const [before, frozen] = judgeAll([aMinute(0), { ...aMinute(1, { failures: 60 }), frozen: 'failover of hetzner' }])
    expect(frozen).toMatchObject({ verdict: 'hold', isCounted: false, logE: before?.logE, counted: 1, reason: { code: 'frozen' } })
  })

  test('a minute that was judged before changes nothing', () => {
    const [before, again] = judgeAll([aMinute(1), aMinute(1, { failures: 60 })])
    expect(again).toMatchObject({ verdict: 'hold', isCounted: false, logE: before?.logE, reason: { code: 'judged-before' } })
  })

  test('clients, where both arms know them', () => {
    expect(last([aMinute(0, { failures: 40, clientsFailing: 1 }, { failures: 30, clientsFailing: 4 })])).toMatchObject({
      unit: 'clients',
      canary: { failures: 1 },
      control: { failures: 4 },
    })
  })

  test('requests, where only one arm knows its clients', () => {
    expect(last([aMinute(0, { failures: 4, clientsFailing: 1 })])).toMatchObject({ unit: 'requests', canary: { failures: 4 } })
  })

  test('no more failures than requests', () => {
    expect(last([aMinute(0, { requests: 3, failures: 5 })])).toMatchObject({ canary: { requests: 3, failures: 3 } })
  })
})

describe('several metrics', () => {
  const settings = judgeSettings({
    metrics: [
      { kind: 'failures', weight: 3 },
      { kind: 'latency', edgesSeconds: [0.1, 0.3, 1] },
    ],
  })
  const slow = (canary: number, control: number) =>
    aMinute(0, { slower: { latency: [30, canary, 0] } }, { slower: { latency: [270, control, 0] } })

  test('fail by the weighted mean of their evidence', () => {
    const verdict = last([slow(12, 0)], settings)
    const { failures, latency } = verdict.metrics
    const mean = Math.log((3 * Math.exp(failures?.logE ?? 0) + Math.exp(latency?.logE ?? 0)) / 4)
    expect(verdict.logE).toBeCloseTo(mean, 12)
    expect(verdict).toMatchObject({ verdict: 'fail' })
    expect(verdict.reason.sentence).toContain('latency')
  })

  test('one without data stands still', () => {
    expect(last([aMinute(0)], settings).metrics.latency).toEqual({ logE: 0, passLogE: 0 })
  })

  test('one that failed its calibration is shown and aborts nothing', () => {
    const shown = judgeSettings({ metrics: [{ kind: 'failures' }, { kind: 'latency', edgesSeconds: [0.1, 0.3, 1], aborts: false }] })
    const verdict = last([slow(60, 0)], shown)
    expect(verdict.metrics.latency?.logE).toBeGreaterThan(20)
    expect(verdict).toMatchObject({ verdict: 'hold', logE: verdict.metrics.failures?.logE })
  })

  test('nothing passes before every critical one does, on each of its edges', () => {
    const critical = judgeSettings({ metrics: [{ kind: 'failures' }, { kind: 'latency', edgesSeconds: [0.1, 1], critical: true }] })
    // Half are slower than the first edge in either arm; the second is passed three times as often by the canary.
    const all = minutes(60, { slower: { latency: [30, 1] } }, { slower: { latency: [270, 3] } })
    const verdict = last(all, critical)
    expect(verdict.metrics.failures?.passLogE).toBeGreaterThan(3)
    expect(verdict.passLogE).toBe(verdict.metrics.latency?.passLogE)
    expect(kinds(judgeAll(all, critical))).not.toContain('pass')
    expect(kinds(judgeAll(all))).toContain('pass')
  })
})

describe('common mode', () => {
  const settings = judgeSettings({ guardFailureRatio: 0.01 })
  const calm = minutes(5)
  const incident = minutes(10, { failures: 20 }, { failures: 180 }, 5)

  test('does not blame the canary when both arms break the guard; its minutes are not counted', () => {
    const verdicts = judgeAll([...calm, ...incident], settings)
    expect(kinds(verdicts.slice(6))).toEqual(Array(9).fill('commonMode'))
    expect(verdicts.at(-1)).toMatchObject({ isCounted: false, metrics: verdicts[5]?.metrics, reason: { code: 'common-mode' } })
  })

  test('ends when the control is back, and what it brought is held against nobody', () => {
    const verdicts = judgeAll([...calm, ...incident, ...minutes(30, {}, {}, 15)], settings)
    const end = verdicts.findLastIndex(({ verdict }) => verdict === 'commonMode')
    expect(end).toBeLessThan(20)
    expect(verdicts[end]?.guard).toEqual({ canary: 0, control: 0 })
    expect(kinds(verdicts)).not.toContain('fail')
  })

  test('is not declared for a canary alone: it fails by the guard', () => {
    const alike = judgeSettings({ guardFailureRatio: 0.01, toleratedRatio: 50, maxRatio: 100 })
    const verdicts = judgeAll(minutes(20, { failures: 5 }, { failures: 2 }), alike)
    expect(kinds(verdicts)).toContain('fail')
    expect(kinds(verdicts)).not.toContain('commonMode')
  })

  test('is nothing the judge knows of without a guard: the ratio of the arms is not moved by it', () => {
    expect(kinds(judgeAll([...calm, ...incident]))).not.toContain('fail')
  })
})

describe('settings', () => {
  test.each<[string, object]>([
    ['nothing to pass above what is tolerated', { toleratedRatio: 2, maxRatio: 2 }],
    ['no critical metric', { metrics: [{ kind: 'failures', critical: false }] }],
    ['a name twice', { metrics: [{ kind: 'failures' }, { kind: 'failures' }] }],
    ['edges that do not rise', { metrics: [{ kind: 'failures' }, { kind: 'latency', edgesSeconds: [1, 1] }] }],
    ['a certainty', { alpha: 0 }],
  ])('with %s are refused', (_, settings) => {
    expect(JudgeSettings.safeParse(settings).success).toBe(false)
  })
})
