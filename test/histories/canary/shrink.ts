// Makes a history of canaries that breaks a rule smaller while it goes on breaking the same rule.
import type { CanaryHistory, CanaryStep } from './history.ts'
import { playCanary } from './play.ts'
import type { CanaryRule } from './rules/rule.ts'

/** Plays at most this many candidates. */
const MOST_PLAYS = 800

export async function shrinkCanary(history: CanaryHistory, rule: CanaryRule): Promise<CanaryHistory> {
  let smallest = history
  let plays = 0
  const isSmaller = async (candidate: CanaryHistory): Promise<boolean> => {
    if (plays++ >= MOST_PLAYS || (await playCanary(candidate, [rule])).violation === undefined) return false
    smallest = candidate
    return true
  }
  const improve = async (): Promise<boolean> => {
    for (const steps of candidates(smallest.steps)) if (await isSmaller({ ...smallest, steps })) return true
    return false
  }
  const { violation } = await playCanary(history, [rule])
  if (violation !== undefined) smallest = { ...history, steps: history.steps.slice(0, violation.step + 1) }
  while (await improve());
  return smallest
}

function* candidates(steps: readonly CanaryStep[]): Generator<CanaryStep[]> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < steps.length; from += size) yield [...steps.slice(0, from), ...steps.slice(from + size)]
  for (const [index, step] of steps.entries()) {
    const minutes = step.kind === 'pass' || step.kind === 'calm' ? step.minutes : 0
    for (const fewer of new Set([Math.floor(minutes / 2), minutes - 1]))
      if (fewer > 0) yield steps.map((one, at) => (at === index ? { kind: 'pass', minutes: fewer } : one))
  }
}
