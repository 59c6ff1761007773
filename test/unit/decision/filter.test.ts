// How fast a filter believes what it sees: slowly what is small, at once what is large.
import { describe, expect, test } from 'vitest'
import { type FilterStep, filtered, noiseOf, relativeResidual } from '#decision/filter.ts'
import type { FilterMemory } from '#model/memory.ts'

const STEP: FilterStep = { at: 600, elapsedSeconds: 60, tauSeconds: 180, jump: 0.25 }

function aFilter(value: number, residuals: readonly number[] = Array.from({ length: 10 }, () => 0.01)): FilterMemory {
  return { value, residuals: residuals.map((relative, i) => ({ at: 600 - 60 * (residuals.length - i), relative })) }
}

test('a deviation is relative to what was expected, and signed', () => {
  expect(relativeResidual(aFilter(100), 80)).toBeCloseTo(-0.2)
  expect(relativeResidual(aFilter(100), 120)).toBeCloseTo(0.2)
  expect(relativeResidual(aFilter(0), 0)).toBe(0)
  expect(relativeResidual(aFilter(0), 1)).toBe(Infinity)
})

describe('a filter', () => {
  test('takes the first value as it is', () => {
    expect(filtered(undefined, 120, STEP)).toEqual({ value: 120, residuals: [] })
  })

  test('follows a small change with its time constant', () => {
    expect(filtered(aFilter(100), 110, STEP).value).toBeCloseTo(100 + (1 - Math.exp(-60 / 180)) * 10)
  })

  test('weighs its first values alike, so that a first one that is off is soon forgotten', () => {
    expect(filtered(aFilter(100, []), 120, STEP).value).toBeCloseTo(110)
    expect(filtered(aFilter(100, [0.1]), 120, { ...STEP, tauSeconds: 1e6 }).value).toBeCloseTo(100 + 20 / 3)
  })

  test('jumps to a value beyond the threshold', () => {
    expect(filtered(aFilter(100), 126, STEP).value).toBe(126)
    expect(filtered(aFilter(100), 74, STEP).value).toBe(74)
    expect(filtered(aFilter(100), 125, STEP).value).toBeLessThan(110)
  })

  test('jumps by the same threshold while its noise is not known', () => {
    expect(filtered(aFilter(100, [0.01, 0.01, 0.01]), 126, STEP).value).toBe(126)
    expect(filtered(aFilter(100, [0.2, -0.2, 0.2]), 126, STEP).value).toBe(126)
  })

  test('jumps at the second deviation of the same sign above six tenths of the threshold', () => {
    expect(filtered(aFilter(100, [0, 0, 0, 0, 0.16]), 116, STEP).value).toBe(116)
    expect(filtered(aFilter(100, [0, 0, 0, 0, -0.16]), 116, STEP).value).toBeLessThan(116)
    expect(filtered(aFilter(100, [0, 0, 0, 0, 0.14]), 116, STEP).value).toBeLessThan(116)
    expect(filtered(aFilter(100, [0, 0, 0, 0, 0.15]), 116, STEP).value).toBeLessThan(116)
    expect(filtered(aFilter(100, [0, 0, 0, 0, 0.16]), 115, STEP).value).toBeLessThan(115)
  })

  test('takes the first of two such deviations for part of the move, and no more for noise', () => {
    const moved = filtered(aFilter(100, [0, 0.01, 0, 0.01, 0.16]), 116, STEP)
    expect(moved.residuals.map(({ relative }) => relative)).toEqual([0, 0.01, 0, 0.01])
  })

  test('of a noisy signal needs more to jump: five times its noise', () => {
    expect(filtered(aFilter(100, [0.08, -0.08, 0.08, -0.08]), 135, STEP).value).toBeLessThan(135)
    expect(filtered(aFilter(100, [0.08, -0.08, 0.08, -0.08]), 141, STEP).value).toBe(141)
  })

  test('does not count a jump as noise', () => {
    expect(noiseOf(filtered(aFilter(100), 300, STEP))).toBeCloseTo(0.01)
  })

  test('forgets residuals older than ten minutes', () => {
    const old = aFilter(
      100,
      Array.from({ length: 20 }, () => 0.02),
    )
    expect(filtered(old, 101, STEP).residuals.map(({ at }) => at)).toEqual([60, 120, 180, 240, 300, 360, 420, 480, 540, 600])
  })

  test('leaves 0 at the first value above it', () => {
    expect(filtered(aFilter(0), 50, STEP).value).toBe(50)
  })

  test('stays at 0 without noise while nothing comes', () => {
    expect(filtered(aFilter(0, []), 0, STEP)).toEqual({ value: 0, residuals: [{ at: 600, relative: 0 }] })
  })

  test('knows no noise of what nobody measures, and is careful with few values', () => {
    expect(noiseOf(undefined)).toBe(0)
    expect(noiseOf(aFilter(100, [0.01, 0.01]))).toBe(0.1)
    expect(noiseOf(aFilter(100, [0.01, -0.03, 0.01, -0.03]))).toBeCloseTo(0.02)
  })
})
