// How many requests are due, and when.
import { describe, expect, it } from 'vitest'
import { createPacer } from '#local/load/pacer.ts'

function aPacer(...steps: [number, number][]) {
  const pacer = createPacer(0)
  pacer.setSteps(steps.map(([atSeconds, requestsPerSecond]) => ({ atSeconds, requestsPerSecond })))
  return pacer
}

describe('the pacer', () => {
  it('spreads the demand evenly over the time that passed, however late it is asked', () => {
    const times = aPacer([0, 10]).due(2)
    expect(times).toHaveLength(20)
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0))
    for (const gap of gaps) expect(gap).toBeCloseTo(0.1, 6)
  })

  it('loses nothing to rounding when asked often', () => {
    const pacer = aPacer([0, 7])
    let total = 0
    for (let i = 1; i <= 1000; i += 1) total += pacer.due(i / 10).length
    expect(total).toBeGreaterThanOrEqual(699)
    expect(total).toBeLessThanOrEqual(700)
  })

  it('follows the steps of the demand', () => {
    const pacer = aPacer([0, 10], [60, 30])
    expect([pacer.due(60).length, pacer.due(120).length, pacer.demandAt(30), pacer.demandAt(61)]).toEqual([600, 1800, 10, 30])
  })

  it('drops the demand of a long sleep', () => {
    expect(aPacer([0, 10]).due(3600)).toHaveLength(0)
  })
})
