// What a rule is: one invariant of docs/control.md, asked wherever it could be broken.
import type { Decision } from '#model/decision.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { SetMemory } from '#model/memory.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan } from '#model/plan.ts'
import type { WeightedRecord } from '#model/record.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'
import type { Run } from '../world/run.ts'
import type { World } from '../world/world.ts'

/** A batch on its way to Route 53, and the plan it came from (a rollback has none). */
export type Sent = { readonly run: Run; readonly swap: RecordSwap; readonly before: ObservedRecords; readonly plan: Plan | undefined }

/** A batch that took effect. */
export type Written = Sent & { readonly cause: string; readonly after: ObservedRecords; readonly inSyncAt: number }

/** What the writer wanted to stand: a hand may have changed a member that was not in the batch. */
export function intended({ plan, after }: Written): readonly WeightedRecord[] {
  return plan?.wanted ?? after.members
}

/** A decision that was stored: from then on its shares are the ones that stand. */
export type Adopted = { readonly run: Run; readonly before: SetMemory | undefined; readonly after: SetMemory }

/** Each answers with a sentence when the rule is broken. */
export type Rule = {
  readonly name: string
  readonly sent?: (sent: Sent, world: World) => string | undefined
  readonly written?: (written: Written, world: World) => string | undefined
  readonly adopted?: (adopted: Adopted, world: World) => string | undefined
  readonly decided?: (decision: Decision, run: Run, world: World) => string | undefined
  readonly kept?: (good: GoodPlan, before: GoodPlan | undefined, run: Run, world: World) => string | undefined
  readonly removedCheck?: (healthCheckId: string, world: World) => string | undefined
  readonly ended?: (run: Run, world: World) => string | undefined
}
