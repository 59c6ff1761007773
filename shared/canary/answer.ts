// What a task of the machine is answered: where to go next, after how long, and why.
import type { ControlRow, NextState } from '#model/canary.ts'
import type { TaskAnswer } from '#model/canary-order.ts'
import type { Reason } from '#model/reason.ts'

/** Every wait is a short one: an operator's word is noticed within a tick (seconds). */
export const TICK_SECONDS = 60

export type Stepped = {
  readonly row: ControlRow
  readonly next: NextState
  /** The shares changed, so rebalance has to carry them to the records at once. */
  readonly isWrite: boolean
  readonly news: readonly Reason[]
  /** Why a person's order is not carried out, now or later; the row is as it was. */
  readonly refused?: Reason
}

export function answerOf(row: ControlRow): TaskAnswer {
  return {
    hostname: row.hostname,
    generation: row.generation,
    turn: row.canary?.turn ?? 0,
    next: row.canary?.next ?? 'Done',
    waitSeconds: TICK_SECONDS,
    sentence: row.canary?.reason.sentence ?? '',
  }
}
