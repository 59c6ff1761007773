// What a canary has cost so far, whether or not its minutes are judged: traffic reaches it from its first shift on, also while a step settles.
import type { Canary } from '#model/canary.ts'
import type { Reason } from '#model/reason.ts'
import type { Facts } from './facts.ts'

export function withExposure(canary: Canary, { judged }: Pick<Facts, 'judged'>): Canary {
  if (judged?.exposedUntil === undefined) return canary
  return { ...canary, exposed: canary.exposed + judged.exposed, exposedUntil: judged.exposedUntil }
}

/** Undefined while it is within its budget, or has none. */
export function overBudget({ exposed, strategy }: Canary): Reason | undefined {
  const { exposureBudget } = strategy
  if (exposureBudget === undefined || exposed <= exposureBudget) return undefined
  return { code: 'budget', sentence: `${exposed} requests failed, more than the budget of ${exposureBudget}` }
}
