// Says when held shares make the loss of a provider worse than capacity-proportional shares would: a pin's, or those of a provider canary.
import type { Decision } from '#model/decision.ts'
import type { Reason } from '#model/reason.ts'
import { percent } from './number-text.ts'
import { worstLoss } from './worst-loss.ts'

/** Losing a provider spreads its share over the others as their weights stand: worse under a hold than by capacity? */
export function lossNotice(held: Decision, free: Decision): Reason | undefined {
  const underHold = worstLoss(held)
  const otherwise = worstLoss(free)
  if (underHold === undefined || otherwise === undefined || underHold.load <= 1 || underHold.load <= otherwise.load + 0.01) return undefined
  const { lost, overloaded, load } = underHold
  return {
    code: 'n-minus-1',
    sentence: `${held.set.replace('hostname:', '')}: without ${lost}, ${overloaded} would get ${percent(load)} of its capacity; by capacity it would be ${percent(otherwise.load)}`,
  }
}
