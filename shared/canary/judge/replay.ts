// Judges recorded minutes again, from the first to the last.
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { Verdict } from '#model/verdict.ts'
import { judgeMinute, newJudgeState } from './judge-minute.ts'

/** One verdict for each minute. */
export function replay(minutes: readonly JudgeMinute[], settings: JudgeSettings): Verdict[] {
  let state = newJudgeState(settings)
  return minutes.map((minute) => {
    const judged = judgeMinute(state, minute, settings)
    state = judged.state
    return judged.verdict
  })
}
