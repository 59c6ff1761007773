// The votes of checkers, by the documented rules.
import { describe, expect, it } from 'vitest'
import { afterResult, type Checker, FRESH_CHECKER, verdict } from '#local/probes/verdict.ts'

const after = (results: string, threshold: number): Checker =>
  [...results].reduce((checker, result) => afterResult(checker, result === '+', threshold), FRESH_CHECKER)

describe('a checker', () => {
  it.each([
    ['', 3, true],
    ['--', 3, true],
    ['---', 3, false],
    ['--+--', 3, true],
    ['---++', 3, false],
    ['---+++', 3, true],
    ['---++-+++', 3, true],
    ['-', 1, false],
  ])('after "%s" with threshold %i is healthy: %s', (results, threshold, isHealthy) => {
    expect(after(results, threshold).isHealthy).toBe(isHealthy)
  })
})

describe('the verdict', () => {
  const red: Checker = { isHealthy: false, contrary: 0, hasReported: true }
  const green: Checker = { isHealthy: true, contrary: 0, hasReported: true }
  it.each([
    [0, 8, false],
    [1, 7, false],
    [2, 6, true],
    [8, 0, true],
  ])('of %i healthy and %i unhealthy checkers is healthy: %s', (healthy, unhealthy, isHealthy) => {
    const checkers = [...Array.from({ length: healthy }, () => green), ...Array.from({ length: unhealthy }, () => red)]
    expect(verdict(checkers)).toEqual({ isHealthy, fractionHealthy: healthy / 8 })
  })

  it('is healthy while nothing is known', () => {
    expect(verdict([])).toEqual({ isHealthy: true, fractionHealthy: 1 })
  })
})
