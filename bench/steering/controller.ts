// What a competitor is: at each tick it is shown the same delayed, noisy measurements and answers weights, or leaves them.
import type { Scenario, Timing } from './scenario.ts'

/** One closed window of one provider, as its metrics tell it; undefined where a metric is missing. Rates in requests/s. */
export type Window = {
  /** Clock seconds. */
  readonly end: number
  readonly capacity: number | undefined
  readonly load: number | undefined
  readonly errors: number | undefined
  readonly utilisation: number | undefined
}

/** The verdict of Route 53's check in the minute that begins at `at`, as far as it can be seen. */
export type Verdict = { readonly at: number; readonly isGreen: boolean }

export type Tick = {
  /** Clock seconds. */
  readonly now: number
  /** Per provider, oldest first, as far as a quarter of an hour reaches back. */
  readonly windows: readonly (readonly Window[])[]
  readonly verdicts: readonly (readonly Verdict[])[]
  /** What is true one lag ago: for competitors with perfect information. */
  readonly trueCapacity: readonly number[]
  readonly weights: readonly number[]
}

export type Course = { readonly scenario: Scenario; readonly timing: Timing; readonly initialWeights: readonly number[] }

export type Controller = {
  readonly name: string
  readonly check: { readonly intervalSeconds: number; readonly threshold: number }
  /** Weights to begin with instead of those ∝ initial shares. */
  readonly initial?: (scenario: Scenario) => readonly number[]
  /** A fresh controller for one run. */
  readonly begin: (course: Course) => (tick: Tick) => readonly number[] | undefined
}

export const FAST_CHECK = { intervalSeconds: 10, threshold: 3 }
