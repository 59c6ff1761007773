// bench:judge: its traces, its competitors, and the way it is called.
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { CELLS, cell } from '#bench/judge/cells.ts'
import { drawOf } from '#bench/judge/draw.ts'
import { measure } from '#bench/judge/measure.ts'
import { missedTargets } from '#bench/judge/missed-targets.ts'
import { brent } from '#bench/judge/rules/brent.ts'
import { isHigh } from '#bench/judge/rules/kayenta.ts'
import { mannWhitneyShift } from '#bench/judge/rules/mann-whitney.ts'
import { sluice } from '#bench/judge/rules/sluice.ts'
import { thresholds } from '#bench/judge/rules/thresholds.ts'
import { simulateTrace } from '#bench/judge/simulate-trace.ts'

const minute = (canary: { requests: number; failures: number } | undefined) => ({
  minute: 0,
  ...(canary === undefined ? {} : { canary }),
  control: { requests: 540, failures: 3 },
})

/** In which minute a rule aborts a canary that always counts the same; undefined for never. */
function abortsAt(name: string, canary: { requests: number; failures: number } | undefined): number | undefined {
  const judge = thresholds.find((rule) => rule.name.startsWith(name))?.begin()
  const index = Array.from({ length: 60 }, () => judge?.(minute(canary))).indexOf('abort')
  return index < 0 ? undefined : index + 1
}

describe('the competitors', () => {
  test('do as documented', () => {
    expect(abortsAt('Flagger', { requests: 100, failures: 2 })).toBe(5)
    expect(abortsAt('Flagger', { requests: 100, failures: 1 })).toBeUndefined()
    expect(abortsAt('Flagger', undefined)).toBe(5)
    expect(abortsAt('Argo', { requests: 100, failures: 6 })).toBe(20)
    expect(abortsAt('Argo', { requests: 100, failures: 5 })).toBeUndefined()
    expect(abortsAt('alarm', { requests: 100, failures: 2 })).toBe(3)
    expect(abortsAt('alarm', undefined)).toBeUndefined()
  })

  test('the shift of Mann–Whitney is that between the samples, inside its interval', () => {
    const y = [1.1, 2.3, 3.7, 4.2, 5.9, 6.4, 7.8, 8.5]
    const { low, high, estimate } = mannWhitneyShift(
      y.map((value) => value + 3),
      y,
      1.96,
      1e-9,
    )
    // The test gives no direction between two steps of its ranks: the estimate is one of the pairwise differences there.
    expect(Math.abs(estimate - 3)).toBeLessThan(0.2)
    expect(low).toBeLessThan(estimate)
    expect(high).toBeGreaterThan(estimate)
  })

  test('Kayenta calls a sample high that lies above the other by more than a quarter of the difference, and equal ones never', () => {
    const control = Array.from({ length: 30 }, (_, i) => 0.01 + (i % 7) * 0.001)
    expect(
      isHigh(
        control.map((value) => value + 0.05),
        control,
      ),
    ).toBe(true)
    expect(isHigh(control, control)).toBe(false)
    expect(isHigh([0, 0, 0], [0, 0])).toBe(false)
    expect(isHigh([], control)).toBe(false)
  })

  test('the root finder stops within its tolerance', () => {
    const f = (x: number) => x ** 3 - 2
    expect(Math.abs(brent(f, { x: 0, f: -2 }, { x: 2, f: 6 }, 1e-10) - Math.cbrt(2))).toBeLessThan(1e-10)
  })
})

describe('the traces', () => {
  test('are the same for the same seed, and have the ratios of their cell', () => {
    const bad = cell({ ratio: 4, requestsPerMinute: 60_000, clump: 3 })
    expect(simulateTrace(bad, drawOf(5))).toEqual(simulateTrace(bad, drawOf(5)))
    const sums = simulateTrace(bad, drawOf(5)).reduce(
      (sum, { minute: { canary, control } }) => ({
        n: sum.n + (canary?.requests ?? 0),
        x: sum.x + (canary?.failures ?? 0),
        m: sum.m + (control?.requests ?? 0),
        y: sum.y + (control?.failures ?? 0),
        clients: sum.clients + (canary?.clientsFailing ?? 0),
      }),
      { n: 0, x: 0, m: 0, y: 0, clients: 0 },
    )
    expect(sums.n / (sums.n + sums.m)).toBeCloseTo(0.1, 2)
    expect(sums.x / sums.n / (sums.y / sums.m)).toBeCloseTo(4, 0)
    expect(sums.x / sums.clients).toBeCloseTo(3, 0)
  })

  test.each([0.5, 29, 31, 600, 54_000])('are Poisson with a mean of %d: so is the variance', (mean) => {
    const draw = drawOf(3)
    const counts = Array.from({ length: 4000 }, () => draw.poisson(mean))
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / counts.length))
    expect(Math.abs(variance / mean - 1)).toBeLessThan(0.12)
  })

  test('have names that differ', () => {
    expect(new Set(CELLS.map(({ name }) => name)).size).toBe(CELLS.length)
  })
})

describe('the targets', () => {
  test('are missed by a judge that aborts good canaries, in words', () => {
    const { cell: good, figures } = measure(cell({}), 0, sluice, 500, 0)
    expect(missedTargets([{ cell: good, figures }])).toEqual([])
    const broken = figures.map((one) => ({ ...one, aborted: { ratio: 0.02, low: 0.01, high: 0.04 }, passed: 0.5 }))
    expect(missedTargets([{ cell: good, figures: broken }])).toEqual([
      'A/A, 600/min, 10 %, base 0.5 %: false aborts 0.0200, the target is at most 0.01',
      'A/A, 600/min, 10 %, base 0.5 %: passed 0.500, the target is at least 0.75',
    ])
  })
})

describe('the command', () => {
  const run = (...words: string[]) => spawnSync(process.execPath, ['bench/judge/main.ts', ...words], { encoding: 'utf8' })

  test.each([
    [['--runs', 'many'], '--runs: seen "many"; allowed: a whole number from 20 to 20000'],
    [['--only', 'kayenta'], '--only: seen "kayenta"; allowed: product'],
    [['--cells', 'none'], '--cells: seen "none"; allowed: a part of the name of a cell'],
    [['--runz', '1'], '--runz: seen a flag that does not exist'],
    [['--trace', 'nowhere.csv'], '--trace\n  seen:    ENOENT'],
  ])('%j is bad usage', (words, message) => {
    const { status, stderr } = run(...words)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})
