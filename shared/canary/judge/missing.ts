// What a verdict needs and a minute does not have.
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { Reason } from '#model/reason.ts'
import { countMinute } from './count-minute.ts'

/** Undefined when nothing is missing. */
export function missingOf(minute: JudgeMinute, settings: JudgeSettings): Reason | undefined {
  const { canary, control } = minute
  if (canary === undefined || control === undefined) {
    const whose = canary === undefined ? (control === undefined ? 'either arm' : 'the canary') : 'the control'
    return { code: 'no-data', sentence: `no data of ${whose}` }
  }
  if (canary.requests === 0) return { code: 'no-canary-requests', sentence: 'the canary got no requests' }
  const isAbsolute = settings.guardFailureRatio !== undefined || settings.maxFailureRatio !== undefined
  if (control.requests === 0 && !isAbsolute)
    return { code: 'no-control-requests', sentence: 'the control got no requests, and there is no absolute limit to hold the canary to' }
  const lacking = settings.metrics.filter((metric) => metric.critical && countMinute(minute, metric) === undefined)
  if (lacking.length === 0) return undefined
  return { code: 'no-metric', sentence: `no data of ${lacking.map(({ name }) => name).join(', ')} in both arms` }
}
