// Says when held shares make the loss of a provider worse than capacity-proportional shares would: a pin's, or those of a provider canary.
import type { Decision } from '#model/decision.ts'
import type { Reason } from '#model/reason.ts'
import { percent } from './number-text.ts'
import { worstLoss } from './worst-loss.ts'

/** Load over capacity that differs by less is the same. */
const SAME = 0.01
const LOSS = 'n-minus-1'

/** Losing a provider spreads its share over the others as their weights stand: worse under a hold than by capacity? */
export function lossNotice(held: Decision, free: Decision): Reason | undefined {
  const underHold = worstLoss(held)
  const otherwise = worstLoss(free)
  if (underHold === undefined || otherwise === undefined || underHold.load <= 1 || underHold.load <= otherwise.load + SAME) return undefined
  const { lost, overloaded, load } = underHold
  return {
    code: LOSS,
    sentence: `${held.set.replace('hostname:', '')}: without ${lost}, ${overloaded} would get ${percent(load)} of its capacity; by capacity it would be ${percent(otherwise.load)}`,
  }
}

/** What is said of the held shares, unless the loss of a provider was as bad before they were asked for. */
export function addedLoss(held: Decision, before: Decision): Reason | undefined {
  const stood = worstLoss(before)?.load ?? 0
  const notice = held.notices.find(({ code }) => code === LOSS)
  return (worstLoss(held)?.load ?? 0) > stood + SAME ? notice : undefined
}
