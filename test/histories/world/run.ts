// One invocation with what it was asked, what it saw and what it did, as far as the rules ask for it.

import type { TickReport } from '#lambdas/rebalance/tick-report.ts'
import type { Fence } from '#model/fence.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Override } from '#model/override.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import type { TickEvent } from '#model/tick-event.ts'
import type { Invocation } from './invocation.ts'
import type { View } from './view.ts'

export type Run = {
  readonly invocation: Invocation
  readonly kind: 'tick' | 'sweep' | 'broken-plan'
  readonly event: TickEvent | undefined
  /** Nothing else ran between its beginning and its end. */
  isAlone: boolean
  /** At its beginning: the overrides in force, and whether the table knew exactly what stood. */
  readonly overrides: readonly Override[]
  readonly knewAll: boolean
  readonly faultsPending: boolean
  /** At its beginning: a change was not yet known to be in sync; every hostname stood as the last tick had planned it. */
  readonly wasUnconfirmed: boolean
  readonly hasSettled: boolean
  readonly zoneCallsBefore: number
  readonly adoptionsBefore: number
  /** When it read the metrics: what they say, by cloud. */
  seen: View | undefined
  readonly plans: Plan[]
  readonly outcomes: ApplyOutcome[]
  /** What its own last look at Route 53, or reading of the table, showed of a hostname. */
  readonly known: Map<string, ObservedRecords>
  /** Number of the decision it read or stored last. */
  decision: number
  /** Fence of the last write that the table told it of, by hostname. */
  readonly remembered: Map<string, Fence>
  report: TickReport | undefined
  hasWritten: boolean
  /** It stored, removed or sent something. */
  didAnything: boolean
}
