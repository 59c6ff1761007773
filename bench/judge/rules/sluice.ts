// The product's judge with its defaults.
import { judgeMinute, newJudgeState } from '#canary/judge/judge-minute.ts'
import type { JudgeMinute } from '#model/judge-minute.ts'
import { JudgeSettings } from '#model/judge-settings.ts'
import type { Rule } from '../rule.ts'

export const PRODUCT = 'sluice, per client'

function rule(name: string, change: object, shown: (minute: JudgeMinute) => JudgeMinute): Rule {
  const settings = JudgeSettings.parse(change)
  return {
    name,
    begin: () => {
      let state = newJudgeState(settings)
      return (minute) => {
        const judged = judgeMinute(state, shown(minute), settings)
        state = judged.state
        return judged.verdict.verdict === 'fail' ? 'abort' : judged.verdict.verdict === 'pass' ? 'pass' : undefined
      }
    },
  }
}

const raw = ({ minute, canary, control }: JudgeMinute): JudgeMinute => ({
  minute,
  ...(canary === undefined ? {} : { canary: { requests: canary.requests, failures: canary.failures ?? 0 } }),
  ...(control === undefined ? {} : { control: { requests: control.requests, failures: control.failures ?? 0 } }),
})

export const sluice: readonly Rule[] = [
  rule(PRODUCT, {}, (minute) => minute),
  rule('sluice, raw counts', {}, raw),
  rule('sluice, with guard 5 %', { guardFailureRatio: 0.05 }, (minute) => minute),
]
