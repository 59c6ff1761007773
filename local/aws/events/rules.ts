// The event buses of the account and the rules on them with their targets.
import type { Cancel } from '../clock.ts'
import type { Target } from './deliver.ts'
import type { Pattern } from './pattern.ts'

export type Rule = {
  readonly name: string
  readonly busName: string
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

export const DEFAULT_BUS = 'default'

export type Bus = {
  readonly name: string
  readonly description?: string | undefined
  readonly createdSeconds: number
  readonly rules: Rules
}

export type Buses = Map<string, Bus>

/** Buses are named by name or by ARN wherever EventBridge asks for one (API reference, EventBusName). */
export function busNameOf(nameOrArn = DEFAULT_BUS): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('event-bus/') + 'event-bus/'.length) : nameOrArn
}
