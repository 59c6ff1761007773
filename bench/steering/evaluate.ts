// Runs one controller over all phases and seeds of a scenario at one timing, and sums up.
import type { Controller } from './controller.ts'
import type { Outcome } from './meter.ts'
import { optimum } from './optimum.ts'
import type { Scenario, Timing } from './scenario.ts'
import { type Run, simulate } from './simulate.ts'

/** Means over phases and seeds; percent of all requests, seconds, counts. */
export type Figures = {
  readonly controller: string
  readonly failedPercent: number
  readonly worstFailedPercent: number
  readonly peakPercent: number
  /** Undefined when a run never got there. */
  readonly movedSeconds: number | undefined
  readonly writes: number
  readonly writes95: number
  readonly quietWrites: number
  readonly reversals: number
}

export type Row = {
  readonly scenario: string
  readonly timing: Timing
  readonly optimumPercent: number
  readonly figures: readonly Figures[]
  /** Controllers with the initial weights at the event that still failed less than the optimum: the optimum would be wrong. */
  readonly belowOptimum: readonly string[]
}

/** Linear programmes are solved for at most this many of the phases. */
const OPTIMUM_PHASES = 5
/** The optimum averages over 10 s and knows no noise of sampling; it may be this many points off. */
const TOLERANCE = 0.05

/** @param phases the moments of the event within the tick; all that the scenario has unless told */
export function evaluate(
  scenario: Scenario,
  timing: Timing,
  controllers: readonly Controller[],
  phases: readonly number[] = Array.from({ length: scenario.phases }, (_, phase) => phase),
): Row {
  const stride = Math.max(1, Math.ceil(phases.length / OPTIMUM_PHASES))
  const optima = new Map(phases.filter((_, i) => i % stride === 0).map((phase) => [phase, optimum({ scenario, timing, phase, seed: 0 })]))
  const belowOptimum = new Set<string>()
  const figures = controllers.map((controller) => {
    const runs = phases.flatMap((phase) => scenario.seeds.map((seed): Run => ({ scenario, timing, phase, seed })))
    const outcomes = runs.map((run) => {
      const outcome = simulate(run, controller)
      const best = optima.get(run.phase)
      const isComparable = outcome.quietWrites === 0 && controller.initial === undefined && scenario.model === 'fluid'
      if (best !== undefined && isComparable && outcome.failedPercent < best - TOLERANCE) belowOptimum.add(controller.name)
      return outcome
    })
    return figuresOf(controller.name, outcomes)
  })
  return { scenario: scenario.name, timing, optimumPercent: mean([...optima.values()]), figures, belowOptimum: [...belowOptimum] }
}

function figuresOf(controller: string, outcomes: readonly Outcome[]): Figures {
  const moved = outcomes.flatMap(({ movedSeconds }) => movedSeconds ?? [])
  return {
    controller,
    failedPercent: mean(outcomes.map(({ failedPercent }) => failedPercent)),
    worstFailedPercent: Math.max(...outcomes.map(({ failedPercent }) => failedPercent)),
    peakPercent: mean(outcomes.map(({ peakPercent }) => peakPercent)),
    movedSeconds: moved.length === outcomes.length ? mean(moved) : undefined,
    writes: mean(outcomes.map(({ writes }) => writes)),
    writes95: percentile95(outcomes.map(({ writes }) => writes)),
    quietWrites: mean(outcomes.map(({ quietWrites }) => quietWrites)),
    reversals: mean(outcomes.map(({ reversals }) => reversals)),
  }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** The value below which 95 % of the values lie. */
export function percentile95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0
}
