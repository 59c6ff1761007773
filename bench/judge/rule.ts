// What judges a canary minute by minute: ours and its competitors.
import type { ArmMinute, JudgeMinute } from '#model/judge-minute.ts'

export type Said = 'abort' | 'pass' | undefined

export type Rule = {
  readonly name: string
  /** Slow to compute: judged on fewer runs. */
  readonly isSlow?: true
  /** A new canary. Each minute is shown once, in order. */
  readonly begin: () => (minute: JudgeMinute) => Said
}

export function ratioOf({ requests, failures }: ArmMinute): number {
  return requests === 0 ? 0 : (failures ?? 0) / requests
}
