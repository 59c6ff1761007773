// Every rule on the same traces of one cell: how often it aborts, when, and what it cost.
import { wilson } from '#canary/judge/calibrate.ts'
import type { Cell } from './cells.ts'
import { drawOf } from './draw.ts'
import type { Rule } from './rule.ts'
import { MINUTES, simulateTrace, type Traced } from './simulate-trace.ts'

export type Figures = {
  readonly rule: string
  readonly runs: number
  /** Share of runs aborted, with its 95 % interval. */
  readonly aborted: { readonly ratio: number; readonly low: number; readonly high: number }
  /** Median minutes until the abort; a run without one counts as an hour. */
  readonly delayMinutes: number
  /** Mean number of requests that failed and would not have, until the abort or the end. */
  readonly excess: number
  /** Share of runs that passed before they were aborted, and their median minute of all runs. */
  readonly passed: number
  readonly passMinutes: number
}

export type Row = { readonly cell: Cell; readonly figures: readonly Figures[] }

/** The seed of the first trace of a cell: cells do not share traces, rules do. */
export function measure(cell: Cell, cellIndex: number, rules: readonly Rule[], runs: number, slowRuns: number): Row {
  const traces = Array.from({ length: runs }, (_, run) => simulateTrace(cell, drawOf(1 + run + cellIndex * 1_000_003)))
  return { cell, figures: rules.map((rule) => figuresOf(rule, rule.isSlow === true ? traces.slice(0, slowRuns) : traces)) }
}

export function figuresOf(rule: Rule, traces: readonly (readonly Traced[])[]): Figures {
  const outcomes = traces.map((trace) => runOf(rule, trace))
  const aborted = outcomes.filter(({ abortedAt }) => abortedAt !== undefined).length
  const length = Math.max(MINUTES, ...traces.map((trace) => trace.length))
  return {
    rule: rule.name,
    runs: traces.length,
    aborted: wilson(aborted, traces.length),
    delayMinutes: median(outcomes.map(({ abortedAt }) => abortedAt ?? length)),
    excess: outcomes.reduce((sum, { excess }) => sum + excess, 0) / Math.max(1, outcomes.length),
    passed: outcomes.filter(({ passedAt }) => passedAt !== undefined).length / Math.max(1, outcomes.length),
    passMinutes: median(outcomes.map(({ passedAt }) => passedAt ?? Number.POSITIVE_INFINITY)),
  }
}

function runOf(rule: Rule, trace: readonly Traced[]) {
  const judge = rule.begin()
  let [excess, passedAt]: [number, number | undefined] = [0, undefined]
  for (const [index, traced] of trace.entries()) {
    excess += traced.excess
    const said = judge(traced.minute)
    if (said === 'abort') return { abortedAt: index + 1, passedAt, excess }
    if (said === 'pass') passedAt ??= index + 1
  }
  return { abortedAt: undefined, passedAt, excess }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
