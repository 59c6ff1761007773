// Plays random histories until enough steps are done or a rule breaks.
import { historyOf } from './generate.ts'
import type { History } from './history.ts'
import { play } from './play.ts'
import type { Rule } from './rules/rule.ts'
import type { Violation } from './world/world.ts'

export type LongRun = {
  readonly steps: number
  readonly histories: number
  readonly seconds: number
  /** What happened how often. */
  readonly counts: Readonly<Record<string, number>>
  readonly violation: (Violation & { readonly history: number; readonly found: History }) | undefined
}

export type LongRunOptions = {
  readonly steps: number
  readonly seed: number
  readonly rules: readonly Rule[]
  /** Number of the first history. */
  readonly from?: number
  readonly progress?: (steps: number, histories: number) => void
}

/** Stops after the history in which the last step falls, or after the first one that breaks a rule. */
export async function longRun({ steps: wanted, seed, rules, from = 0, progress = () => {} }: LongRunOptions): Promise<LongRun> {
  const counts: Record<string, number> = {}
  const count = (what: string, times = 1) => {
    counts[what] = (counts[what] ?? 0) + times
  }
  const beganAt = performance.now()
  let steps = 0
  let number = from
  const result = (violation: LongRun['violation']): LongRun => ({
    steps,
    histories: number - from,
    seconds: (performance.now() - beganAt) / 1000,
    counts: Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => a.localeCompare(b))),
    violation,
  })
  while (steps < wanted) {
    const history = historyOf(seed, number++)
    const played = await play(history, rules, { count })
    steps += played.steps
    if (played.violation !== undefined) return result({ ...played.violation, history: number - 1, found: history })
    progress(steps, number - from)
  }
  return result(undefined)
}
