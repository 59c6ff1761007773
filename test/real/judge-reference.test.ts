// The judge, and the competitor's Mann–Whitney test, beside an independent implementation with SciPy on random traces.
import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { drawOf } from '#bench/judge/draw.ts'
import { mannWhitneyShift, standardised } from '#bench/judge/rules/mann-whitney.ts'
import { replay } from '#canary/judge/replay.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import { aMinute, judgeSettings } from '#test/builders/judge.ts'

type Row = readonly [number, number, number, number]
type Trace = { readonly settings: JudgeSettings; readonly minutes: readonly Row[] }
type Reference = {
  readonly traces: readonly { readonly logE: number; readonly passLogE: number }[]
  readonly shifts: readonly { readonly p: number; readonly z: number; readonly low: number; readonly high: number }[]
}

const draw = drawOf(20)
const between = (low: number, high: number) => low + draw.uniform() * (high - low)

/** Rates from a handful to thousands a minute, shares and failure ratios that change, all kinds of settings. */
const traces: readonly Trace[] = Array.from({ length: 200 }, (_, i) => {
  const rate = 10 ** between(0.8, 4.5)
  const base = 10 ** between(-3.5, -0.5)
  const ratio = 10 ** between(-0.3, 1)
  const metrics = [{ kind: 'failures' as const, aborts: false }]
  const settings = judgeSettings(
    [{ metrics }, { metrics, toleratedRatio: 1.5 }, { metrics, maxRatio: 3 }, { metrics, maxFailureRatio: 0.01 }][i % 4],
  )
  const minutes = Array.from({ length: 1 + (i % 60) }, (): Row => {
    const share = between(0.01, 0.6)
    const [canary, control] = [1 + draw.poisson(rate * share), 1 + draw.poisson(rate * (1 - share))]
    return [
      canary,
      Math.min(canary, draw.poisson(canary * Math.min(1, base * ratio))),
      control,
      Math.min(control, draw.poisson(control * base)),
    ]
  })
  return { settings, minutes }
})

const shifts = Array.from({ length: 40 }, (_, i) => ({
  x: Array.from({ length: 12 + i }, () => draw.poisson(4 + (i % 5)) / 100 + (i % 2) * draw.uniform()),
  y: Array.from({ length: 60 }, () => draw.poisson(4) / 100 + (i % 2) * draw.uniform()),
}))

let reference: Reference

beforeAll(() => {
  const run = spawnSync('python3', ['test/real/judge-reference.py'], { input: JSON.stringify({ traces, shifts }), encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  reference = JSON.parse(run.stdout)
})

/** Relative to its size; sums of thousands of logarithms lose a few digits in either implementation. */
const isNear = (seen: number, expected: number) => Math.abs(seen - expected) <= 1e-10 * Math.max(1, Math.abs(expected))

describe('log E of SciPy', () => {
  test('against and for the canary is that of the judge, on 200 random traces', () => {
    const far = traces.flatMap(({ settings, minutes }, i) => {
      const rows = minutes.map(([nc, xc, nb, xb], minute) =>
        aMinute(minute, { requests: nc, failures: xc }, { requests: nb, failures: xb }),
      )
      const { logE = Number.NaN, passLogE = Number.NaN } = replay(rows, settings).at(-1)?.metrics.failures ?? {}
      const expected = reference.traces[i]
      // A bet that lost everything is −∞ there and finite here: together with others neither shows.
      const isSame = expected !== undefined && isNear(logE, expected.logE) && isNear(passLogE, expected.passLogE)
      return isSame ? [] : [{ i, logE, passLogE, expected }]
    })
    expect(far).toEqual([])
    expect(reference.traces).toHaveLength(200)
  })
})

describe('Mann–Whitney of SciPy', () => {
  test('has the statistic and the interval of the competitor of the bench', () => {
    for (const [i, { x, y }] of shifts.entries()) {
      const expected = reference.shifts[i]
      const z = standardised(x, y, 0)
      expect(z).toBeCloseTo(expected?.z ?? Number.NaN, 10)
      // Two-sided: both tails of the statistic.
      expect(2 * (1 - normal(Math.abs(z)))).toBeCloseTo(expected?.p ?? Number.NaN, 6)
      const { low, high } = mannWhitneyShift(x, y, 2.3263478740408408, 1e-12)
      expect(low).toBeCloseTo(expected?.low ?? Number.NaN, 8)
      expect(high).toBeCloseTo(expected?.high ?? Number.NaN, 8)
    }
  })
})

/** Abramowitz & Stegun 26.2.17. */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * x)
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series
}
