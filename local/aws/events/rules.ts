// The rules of the default event bus with their targets.

import type { Cancel } from '../clock.ts'
import type { Target } from './deliver.ts'
import type { Pattern } from './pattern.ts'

export type Rule = {
  readonly name: string
  readonly arn: string
  description: string | undefined
  pattern: { readonly text: string; readonly parsed: Pattern } | undefined
  /** `everySeconds` from the moment the rule was made. */
  schedule: { readonly text: string; readonly everySeconds: number } | undefined
  roleArn: string | undefined
  isEnabled: boolean
  readonly targets: Map<string, Target>
  stopSchedule: Cancel
}

export type Rules = Map<string, Rule>
