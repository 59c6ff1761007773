// The hard guard beside the judge: an alarm that a strategy names, which CloudWatch calls OK when it does not exist.
import type { Reason } from '#model/reason.ts'

/** What the alarms say against a canary: that there is none of the name, or that it stands in ALARM. One reason for each. */
export function alarmReasons(names: readonly string[], states: ReadonlyMap<string, string>): Reason[] {
  return names.flatMap((name): Reason[] => {
    const state = states.get(name)
    if (state === undefined) return [{ code: 'no-such-alarm', sentence: `there is no metric alarm ${name} in the home region` }]
    return state === 'ALARM' ? [{ code: 'alarm', sentence: `the alarm ${name} is in ALARM` }] : []
  })
}
