// How step reaches the read-only judge, and the others that a transition concerns.

import type { ControlRow } from '#model/canary.ts'
import type { JudgeAnswer, JudgeTask, PreflightAnswer, PreflightTask } from '#model/canary-order.ts'
import type { Reason } from '#model/reason.ts'

export interface CanaryJudge {
  judge(task: JudgeTask): Promise<JudgeAnswer>
}

/** What has to be looked at before a start; of the same function. */
export interface CanaryPreflight {
  preflight(task: PreflightTask): Promise<PreflightAnswer>
}

/** Carries changed shares to the records at once; without it the schedule does within a tick. */
export interface Rebalancer {
  rebalance(hostname: string, execution: string): Promise<void>
}

/** Tells the outside what became of a canary. */
export interface CanaryNews {
  tell(row: ControlRow, news: readonly Reason[]): Promise<void>
}
