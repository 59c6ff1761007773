// sluice judge --replay: the verdict of every minute, and whether it is the one of the time.

import { replay } from '#canary/judge/replay.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { type Output, paragraphs } from '#cli/output.ts'
import type { Verdict } from '#model/verdict.ts'
import { type JudgeOptions, settingsOf, spokenSettings } from './judge-options.ts'
import { canaryOf } from './read-records.ts'
import type { TraceMinute } from './trace-minute.ts'

type Replayed = { readonly trace: TraceMinute; readonly verdict: Verdict; readonly difference?: string }

/** Ends with 1 when a record of the journal was judged otherwise by its own settings. */
export function replayTrace(traces: readonly TraceMinute[], options: JudgeOptions): Output {
  const isOwn = Object.keys(spokenSettings(options)).length === 0
  const replayed = [...Map.groupBy(traces, canaryOf).values()].flatMap((group): Replayed[] => {
    const verdicts = replay(
      group.map(({ minute }) => minute),
      settingsOf(group[0]?.record?.settings ?? {}, options),
    )
    return group.flatMap((trace, i) => {
      const verdict = verdicts[i]
      if (verdict === undefined) return []
      const difference = isOwn ? differenceOf(trace, verdict) : undefined
      return [{ trace, verdict, ...(difference === undefined ? {} : { difference }) }]
    })
  })
  const different = replayed.filter(({ difference }) => difference !== undefined)
  return {
    exitCode: different.length === 0 ? EXIT.done : EXIT.refused,
    isJsonLines: true,
    json: replayed.map(({ trace, verdict, difference }) => ({
      ...verdict,
      minute: trace.label,
      ...(trace.record === undefined ? {} : { hostname: trace.record.hostname, generation: trace.record.generation }),
      ...(difference === undefined ? {} : { difference }),
    })),
    lines: paragraphs(
      replayed.flatMap(({ trace, verdict, difference }) => [
        `${trace.label}  ${verdict.verdict.padEnd(10)}  ${verdict.reason.sentence}`,
        ...(difference === undefined ? [] : [`  ${difference}`]),
      ]),
      [summary(replayed, different.length)],
    ),
  }
}

function differenceOf({ record }: TraceMinute, { verdict, logE, passLogE }: Verdict): string | undefined {
  if (record === undefined) return undefined
  const { verdict: then } = record
  if (then.verdict === verdict && then.logE === logE && then.passLogE === passLogE) return undefined
  return `judged otherwise at the time: ${then.verdict}, log E ${then.logE} against it, ${then.passLogE} for it; now ${verdict}, ${logE}, ${passLogE}`
}

function summary(replayed: readonly Replayed[], different: number): string {
  const count = `${replayed.length} minute${replayed.length === 1 ? '' : 's'}`
  const first = (wanted: Verdict['verdict']) => replayed.find(({ verdict }) => verdict.verdict === wanted)?.trace.label
  const [failed, passed] = [first('fail'), first('pass')]
  const what =
    failed !== undefined ? `failed at ${failed}` : passed !== undefined ? `first passed at ${passed}` : 'neither failed nor passed'
  const otherwise = different === 0 ? '' : ` ${different} of them were judged otherwise at the time: the journal or the judge was changed.`
  return `${count}: ${what}; now ${replayed.at(-1)?.verdict.verdict}.${otherwise}`
}
