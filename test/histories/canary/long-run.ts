// Plays random histories of canaries until enough steps are done or a rule breaks.
import { canaryHistoryOf } from './generate.ts'
import type { CanaryHistory } from './history.ts'
import { playCanary } from './play.ts'
import type { CanaryRule } from './rules/rule.ts'

export type CanaryRun = {
  readonly steps: number
  readonly histories: number
  readonly seconds: number
  /** What happened how often. */
  readonly counts: Readonly<Record<string, number>>
  readonly violation:
    | { readonly rule: string; readonly sentence: string; readonly history: number; readonly found: CanaryHistory }
    | undefined
}

export type CanaryRunOptions = {
  readonly steps: number
  readonly seed: number
  readonly rules: readonly CanaryRule[]
  readonly from?: number
  readonly progress?: (steps: number, histories: number) => void
}

/** Stops after the history in which the last step falls, or after the first one that breaks a rule. */
export async function canaryLongRun({ steps: wanted, seed, rules, from = 0, progress = () => {} }: CanaryRunOptions): Promise<CanaryRun> {
  const counts: Record<string, number> = {}
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const beganAt = performance.now()
  let [steps, number] = [0, from]
  const result = (violation: CanaryRun['violation']): CanaryRun => ({
    ...{ steps, histories: number - from, seconds: (performance.now() - beganAt) / 1000, violation },
    counts: Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => a.localeCompare(b))),
  })
  while (steps < wanted) {
    const history = canaryHistoryOf(seed, number++)
    const played = await playCanary(history, rules, { count })
    steps += played.steps
    if (played.violation !== undefined) return result({ ...played.violation, history: number - 1, found: history })
    progress(steps, number - from)
  }
  return result(undefined)
}
