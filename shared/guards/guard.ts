// What a guard is: a rule that may shrink or refuse a plan, never enlarge it.
import type { Fence } from '#model/fence.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Override } from '#model/override.ts'
import type { Plan } from '#model/plan.ts'
import type { GuardPolicy } from '#model/policy.ts'
import type { Provider } from '#model/provider.ts'
import type { Reason } from '#model/reason.ts'

export type GuardContext = {
  readonly hostname: HostnamePolicy
  readonly providers: readonly Provider[]
  readonly policy: GuardPolicy
  /** What the function that runs the guards read itself; it may be newer than what the plan was made against. */
  readonly observed: ObservedRecords
  /** Of the newest write, as the table remembers it: it counts on when a hand has deleted the record of it, or put an earlier one back. */
  readonly lastFence?: Fence | undefined
  /** Those in force. */
  readonly overrides: readonly Override[]
  /** What stands is what our last write left, as far as the table knows. */
  readonly isOurs?: true | undefined
  /** Writes of this hostname that replaced what somebody else had changed, as the table counts them. */
  readonly repairs?: { readonly count: number; readonly lastAt: number } | undefined
  /** Epoch seconds. */
  readonly nowSeconds: number
}

export type GuardVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'shrink'; readonly plan: Plan; readonly reason: Reason }
  | { readonly kind: 'refuse'; readonly reason: Reason }

export type Guard = {
  /** The file's name; it stands in every refusal. */
  readonly name: string
  /** `signal-driven` guards do not bind operators, rollbacks or a red probe: nothing may delay those. */
  readonly binds: 'everything' | 'signal-driven'
  readonly check: (plan: Plan, context: GuardContext) => GuardVerdict
}

export const pass: GuardVerdict = { kind: 'pass' }

export function refuse(code: string, sentence: string): GuardVerdict {
  return { kind: 'refuse', reason: { code, sentence } }
}
