// What canary plan says of exposure: what can fail at each step, before a way back has reached the clients, beside the budget.
import type { risksOf } from '#canary/why-no-budget.ts'
import type { Strategy } from '#model/strategy.ts'

/** Undefined where the requests a minute are not known. */
export function exposureLines(
  risks: ReturnType<typeof risksOf> | undefined,
  { exposureBudget, worstFailureRatio }: Pick<Strategy, 'exposureBudget' | 'worstFailureRatio'>,
): string[] {
  if (risks === undefined) return []
  const steps = risks.map(({ percent, failures }) => `${Math.ceil(failures)} at ${Number(percent.toFixed(2))} %`).join(', ')
  const budget = exposureBudget === undefined ? 'no exposureBudget is set' : `the exposureBudget is ${exposureBudget}`
  return [`Until it is known to fail and is back at most ${steps} can fail (worstFailureRatio ${worstFailureRatio}); ${budget}.`]
}
