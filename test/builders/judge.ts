// Minutes of a canary with defaults: 600 requests, a tenth of them the canary's, 0.5 % failures.
import type { ArmMinute, JudgeMinute } from '#model/judge-minute.ts'
import { JudgeSettings } from '#model/judge-settings.ts'

export function judgeSettings(change: Parameters<typeof JudgeSettings.parse>[0] & object = {}): JudgeSettings {
  return JudgeSettings.parse(change)
}

type Given = { readonly [Key in keyof ArmMinute]?: ArmMinute[Key] }

export function aMinute(minute: number, canary: Given = {}, control: Given = {}): JudgeMinute {
  return { minute, canary: { requests: 60, failures: 0, ...canary }, control: { requests: 540, failures: 3, ...control } }
}

/** The k-th minute with the same counts. */
export function minutes(count: number, canary: Given = {}, control: Given = {}, first = 0): JudgeMinute[] {
  return Array.from({ length: count }, (_, i) => aMinute(first + i, canary, control))
}
