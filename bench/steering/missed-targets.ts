// Which targets the product missed, each as a sentence.
import { type Figures, mean, percentile95, type Row } from './evaluate.ts'
import type { Scenario } from './scenario.ts'

export const PRODUCT = 'sluice'
export const STATIC = 'static, checks 10 s × 3'

/** Writes per event. */
const MEAN_WRITES = 4

/** Points of rounding that no target is about. */
const EPSILON = 1e-9

/** The targets that a scenario carries, and the optimum, which nobody may beat. */
export function missedTargets(scenario: Scenario, timingIndex: number, row: Row): string[] {
  const target = scenario.targets[timingIndex] ?? {}
  const where = `${row.scenario} at ${timingText(row)}`
  const found = row.belowOptimum.map((name) => `${where}: ${name} failed less than the optimum, which is therefore wrong`)
  const product = figuresOf(row, PRODUCT)
  if (product === undefined) return found
  const check = (what: string, value: number | undefined, bound: number | undefined) => {
    if (bound === undefined || (value !== undefined && value <= bound + EPSILON)) return
    found.push(`${where}: ${what} ${value === undefined ? 'never' : value.toFixed(3)}, the target is ${bound}`)
  }
  const still = figuresOf(row, STATIC)?.failedPercent
  check('failed %', product.failedPercent, target.failedPercent)
  check('seconds until 99 % moved', product.movedSeconds, target.movedSeconds)
  check('points above static', still === undefined ? undefined : product.failedPercent - still, target.aboveStatic)
  check('points above the optimum', product.failedPercent - row.optimumPercent, target.regret)
  check('writes', product.writes, target.writes)
  check('writes in 19 of 20 runs', product.writes95, target.writes95)
  check('quiet writes', product.quietWrites, target.quietWrites)
  check('reversals', product.reversals, target.reversals)
  return found
}

/** Over the listed events the product writes no more often than over random ones; `quiet` scenarios, which allow no write, are none. */
export function missedByEvents(rows: readonly Row[], scenarios: readonly Scenario[]): string[] {
  const isEvent = ({ name, targets }: Scenario) =>
    targets.some(({ writes }) => writes !== 0) && rows.some(({ scenario }) => scenario === name)
  const events = new Set(scenarios.filter(isEvent).map(({ name }) => name))
  const writes = mean(rows.flatMap((row) => (events.has(row.scenario) ? (figuresOf(row, PRODUCT)?.writes ?? []) : [])))
  return writes > MEAN_WRITES + EPSILON ? [`listed events: writes ${writes.toFixed(3)} in the mean, the target is ${MEAN_WRITES}`] : []
}

export type Summary = {
  readonly controller: string
  readonly failedPercent: number
  readonly regretMean: number
  readonly regret95: number
  readonly regretWorst: number
  readonly aboveStaticWorst: number
  readonly writes: number
  readonly writes95: number
  readonly reversals: number
}

/** How a controller did over many scenarios. */
export function summary(rows: readonly Row[], controller: string): Summary {
  const pairs = rows.flatMap((row) => {
    const own = figuresOf(row, controller)
    const still = figuresOf(row, STATIC)
    return own === undefined || still === undefined ? [] : [{ own, still, best: row.optimumPercent }]
  })
  const regrets = pairs.map(({ own, best }) => own.failedPercent - best)
  return {
    controller,
    failedPercent: mean(pairs.map(({ own }) => own.failedPercent)),
    regretMean: mean(regrets),
    regret95: percentile95(regrets),
    regretWorst: Math.max(...regrets),
    aboveStaticWorst: Math.max(...pairs.map(({ own, still }) => own.failedPercent - still.failedPercent)),
    writes: mean(pairs.map(({ own }) => own.writes)),
    writes95: percentile95(pairs.map(({ own }) => own.writes)),
    reversals: mean(pairs.map(({ own }) => own.reversals)),
  }
}

/** The targets of control.md, section 9, for random scenarios. */
export const RANDOM_TARGETS: Readonly<Partial<Record<keyof Summary, number>>> = {
  regretMean: 0.5,
  regret95: 2.5,
  aboveStaticWorst: 2,
  writes: MEAN_WRITES,
  writes95: 10,
  reversals: 1.5,
}

/** A mean or a percentile of fewer scenarios says more about which ones were drawn; that none is much worse than static holds for any. */
const ENOUGH_TO_JUDGE = 100

export function missedBySummary(own: Summary, count: number): string[] {
  return Object.entries(RANDOM_TARGETS).flatMap(([name, bound]) => {
    if (count < ENOUGH_TO_JUDGE && name !== 'aboveStaticWorst') return []
    const value = own[name as keyof Summary]
    return typeof value === 'number' && value > bound + EPSILON
      ? [`random scenarios: ${name} ${value.toFixed(3)}, the target is ${bound}`]
      : []
  })
}

export function timingText({ timing }: Pick<Row, 'timing'>): string {
  return `${timing.lagSeconds}/${timing.tickSeconds} s`
}

function figuresOf(row: Row, name: string): Figures | undefined {
  return row.figures.find(({ controller }) => controller === name)
}
