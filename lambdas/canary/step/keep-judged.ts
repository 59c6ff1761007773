// The judged minutes of one look go into the journal before the row counts them: whatever becomes of this run, what it counted is written down.
import { judgeMinute } from '#canary/judge/judge-minute.ts'
import type { CanaryRow } from '#model/canary.ts'
import type { JudgeAnswer } from '#model/canary-order.ts'
import type { Journal } from '#ports/journal.ts'

type Judged = Pick<JudgeAnswer, 'state' | 'minutes'>

/**
 * Two runs of one task may read the same row, and CloudWatch at different times. What the first of them wrote of a minute stands, and the other goes on
 * from that: whichever takes the row on has counted what the journal says.
 *
 * @returns what counts now; undefined when all is kept as it was judged
 */
export async function keepJudged(
  { hostname, generation, canary }: CanaryRow,
  { minutes, revision, at }: { readonly minutes: JudgeAnswer['minutes']; readonly revision: number; readonly at: number },
  journal: Pick<Journal, 'keepJudged'>,
): Promise<Judged | undefined> {
  const { execution, strategy } = canary
  let state = canary.judge
  let isOther = false
  const kept: Judged['minutes'] = []
  // One after the other: of two runs at once, the later one judges each minute on what stands of those before.
  for (const [i, judged] of minutes.entries()) {
    const own: Judged['minutes'][number] = isOther
      ? { minute: judged.minute, verdict: judgeMinute(state, judged.minute, strategy.judge).verdict }
      : judged
    const settings = canary.judge.minute === undefined && i === 0 ? { settings: strategy.judge } : {}
    const stands = await journal.keepJudged({ kind: 'judged', at, hostname, execution, generation, ...settings, ...own }, revision)
    isOther ||= JSON.stringify(stands.minute) !== JSON.stringify(own.minute)
    const counted = judgeMinute(state, stands.minute, strategy.judge)
    state = counted.state
    kept.push({ minute: stands.minute, verdict: counted.verdict })
  }
  return isOther ? { state, minutes: kept } : undefined
}
