// The bench of steering measures what it says: its fluid model, its optimum, and the controllers that it compares.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { sluice } from '#bench/steering/controllers/sluice.ts'
import { staticWeights } from '#bench/steering/controllers/static-weights.ts'
import type { Figures, Row } from '#bench/steering/evaluate.ts'
import { listed } from '#bench/steering/listed.ts'
import { createMeter } from '#bench/steering/meter.ts'
import { missedByEvents, missedTargets } from '#bench/steering/missed-targets.ts'
import { optimum } from '#bench/steering/optimum.ts'
import { readScenarios } from '#bench/steering/read-scenarios.ts'
import { Scenario, valueAt } from '#bench/steering/scenario.ts'
import { simulate } from '#bench/steering/simulate.ts'

const MINUTELY = { lagSeconds: 60, tickSeconds: 60, windowSeconds: 60 } as const

function aBrownout(overrides: object = {}): Scenario {
  return Scenario.parse({
    name: 'brownout',
    providers: [
      {
        name: 'alpha',
        rating: 500,
        capacity: {
          steps: [
            [-1e6, 500],
            [0, 200],
          ],
        },
      },
      { name: 'beta', rating: 300, capacity: 300 },
      { name: 'gamma', rating: 200, capacity: 200 },
    ],
    demand: 600,
    ...overrides,
  })
}

const run = (scenario: Scenario) => ({ scenario, timing: MINUTELY, phase: 5, seed: 1 })

describe('the fluid model', () => {
  test('fails under static weights exactly what exceeds the capacity', () => {
    expect(simulate(run(aBrownout()), staticWeights).failedPercent).toBeCloseTo(100 / 6, 2)
  })

  test('withholds a provider whose check is red, without anybody moving weights', () => {
    const outage = aBrownout({
      demand: 400,
      providers: [
        {
          name: 'alpha',
          rating: 500,
          capacity: {
            steps: [
              [-1e6, 500],
              [0, 0],
            ],
          },
        },
        { name: 'beta', rating: 500, capacity: 500 },
      ],
    })
    const { failedPercent, writes } = simulate(run(outage), staticWeights)
    expect(writes).toBe(0)
    expect(failedPercent).toBeGreaterThan(1)
    expect(failedPercent).toBeLessThan(5)
  })

  test('lets the product bring a brownout close to the optimum', () => {
    const { failedPercent, quietWrites } = simulate(run(aBrownout()), sluice())
    expect(quietWrites).toBe(0)
    expect(failedPercent - optimum(run(aBrownout()))).toBeLessThan(0.4)
  })

  test('comes to the same with single resolvers that draw their answers', () => {
    const fluid = simulate(run(aBrownout()), sluice()).failedPercent
    expect(Math.abs(simulate(run(aBrownout({ model: 'stochastic' })), sluice()).failedPercent - fluid)).toBeLessThan(0.4)
  })

  test('is the same for the same seed', () => {
    expect(simulate(run(aBrownout()), sluice())).toEqual(simulate(run(aBrownout()), sluice()))
  })
})

describe('a reversal', () => {
  const reversals = (...writes: readonly (readonly [number, readonly number[]])[]) => {
    const meter = createMeter(aBrownout(), [50, 30, 20])
    for (const [at, weights] of writes) meter.wrote(weights, at)
    return meter.outcome().reversals
  }

  test('takes back what any write of the last ten minutes did, not only the one just before it', () => {
    expect(reversals([60, [30, 50, 20]], [120, [30, 60, 10]], [180, [35, 60, 5]])).toBe(1)
    expect(reversals([60, [30, 50, 20]], [120, [30, 60, 10]], [660, [35, 60, 5]])).toBe(1)
    expect(reversals([60, [30, 50, 20]], [120, [30, 60, 10]], [661, [35, 60, 5]])).toBe(0)
  })

  test('is none of a write that goes on in the same direction, that is small, or that comes later', () => {
    expect(reversals([60, [30, 40, 30]], [120, [20, 45, 35]])).toBe(0)
    expect(reversals([60, [200, 500, 300]], [120, [205, 498, 297]])).toBe(0)
    expect(reversals([60, [20, 50, 30]], [661, [50, 30, 20]])).toBe(0)
  })
})

describe('a target', () => {
  const row = (scenario: string, figures: Partial<Figures>): Row => ({
    scenario,
    timing: MINUTELY,
    optimumPercent: 0,
    belowOptimum: [],
    figures: [
      {
        ...{ controller: 'sluice', failedPercent: 0, worstFailedPercent: 0, peakPercent: 0, movedSeconds: 0 },
        ...{ writes: 3, writes95: 10, quietWrites: 0, reversals: 1.5 },
        ...figures,
      },
    ],
  })
  const target = { writes: 4, writes95: 10, quietWrites: 0, reversals: 1.5 }

  test('is met by a figure as high as it', () => {
    expect(missedTargets(aBrownout({ targets: [target] }), 0, row('brownout', {}))).toEqual([])
  })

  const cases = [
    { what: 'the mean of writes', figures: { writes: 4.1 }, says: 'writes 4.100, the target is 4' },
    { what: 'the most writes', figures: { writes95: 11 }, says: 'writes in 19 of 20 runs 11.000, the target is 10' },
    { what: 'quiet writes', figures: { quietWrites: 0.1 }, says: 'quiet writes 0.100, the target is 0' },
    { what: 'reversals', figures: { reversals: 1.6 }, says: 'reversals 1.600, the target is 1.5' },
  ]
  test.each(cases)('is missed by $what', ({ figures, says }) => {
    expect(missedTargets(aBrownout({ targets: [target] }), 0, row('brownout', figures))).toEqual([`brownout at 60/60 s: ${says}`])
  })

  test('of writes holds for the mean of the listed events, in which a quiet hour does not count', () => {
    const [many, few, quiet] = [5, 2, 0].map((writes, i) => row(listed[[0, 3, listed.length - 1][i] ?? 0]?.name ?? '', { writes }))
    if (many === undefined || few === undefined || quiet === undefined) throw new Error('three rows')
    expect(missedByEvents([many, few, quiet], listed)).toEqual([])
    expect(missedByEvents([many, quiet], listed)).toEqual(['listed events: writes 5.000 in the mean, the target is 4'])
  })
})

describe('the optimum', () => {
  test('acts no sooner than a lag and a tick after the event', () => {
    // 90 s of 100 failing requests/s, 10 s of propagation, and a backlog that drains: documented as 1.23 % in the mean of the phases.
    expect(optimum(run(aBrownout()))).toBeCloseTo(1.23, 1)
  })

  test('fails nothing when nothing happens', () => {
    expect(optimum(run(aBrownout({ providers: [{ name: 'alpha', rating: 900, capacity: 900 }] })))).toBeCloseTo(0)
  })
})

describe('a series', () => {
  const cases = [
    { name: 'that is a number is constant', series: 5, at: 1e9, value: 5 },
    { name: 'of steps holds its first value before them', series: { steps: [[0, 1] as [number, number]] }, at: -5, value: 1 },
    {
      name: 'of steps holds a value until the next',
      series: {
        steps: [
          [0, 1],
          [10, 2],
        ] as [number, number][],
      },
      at: 9,
      value: 1,
    },
    {
      name: 'of steps changes at the moment itself',
      series: {
        steps: [
          [0, 1],
          [10, 2],
        ] as [number, number][],
      },
      at: 10,
      value: 2,
    },
    {
      name: 'of a ramp is joined by lines',
      series: {
        ramp: [
          [0, 1],
          [10, 2],
        ] as [number, number][],
      },
      at: 5,
      value: 1.5,
    },
    {
      name: 'of a ramp holds its last value',
      series: {
        ramp: [
          [0, 1],
          [10, 2],
        ] as [number, number][],
      },
      at: 99,
      value: 2,
    },
  ]
  test.each(cases)('$name', ({ series, at, value }) => expect(valueAt(series, at)).toBe(value))
})

describe('a file of scenarios', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steering-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  test('may take its demand from a CSV trace beside it', () => {
    file('demand.csv', 'seconds,requests_per_second\n0,100\n60,200\n')
    const [scenario] = readScenarios(
      file(
        'good.json',
        JSON.stringify([{ name: 'mine', providers: [{ name: 'a', rating: 1, capacity: 1 }], demand: { csv: 'demand.csv' } }]),
      ),
    )
    expect(valueAt(scenario?.demand ?? 0, 30)).toBe(150)
  })

  const wrong = [
    { name: 'that is not JSON', text: '{', says: /not JSON/ },
    { name: 'without scenarios', text: '[]', says: /no scenarios; allowed: a list/ },
    {
      name: 'with an unknown field',
      text: '[{"name":"x","providers":[{"name":"a","rating":1,"capacity":1}],"demand":1,"nois":2}]',
      says: /nois/,
    },
    {
      name: 'with a negative rating',
      text: '[{"name":"x","providers":[{"name":"a","rating":-1,"capacity":1}],"demand":1}]',
      says: /0\/providers\/0\/rating: .*; saw -1/,
    },
    {
      name: 'whose trace lacks a column',
      text: '[{"name":"x","providers":[{"name":"a","rating":1,"capacity":1}],"demand":{"csv":"bad.csv"}}]',
      says: /wanted are seconds and requests_per_second/,
    },
  ]
  test.each(wrong)('$name is refused with place and value', ({ text, says }) => {
    file('bad.csv', 'time,load\n0,1\n')
    expect(() => readScenarios(file('wrong.json', text))).toThrow(says)
  })
})
