// What has happened so far, as far as the rules need it: plain bookkeeping of what went through the ports.
import type { Fence } from '#model/fence.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { ProviderMemory, SetMemory } from '#model/memory.ts'
import type { Override } from '#model/override.ts'
import type { WeightedRecord } from '#model/record.ts'

export type WriteLog = {
  readonly at: number
  readonly inSyncAt: number
  readonly fence: Fence
  readonly members: readonly WeightedRecord[]
  readonly cause: string
  /** The decision it carries out, as a number that rises; see `decision` of the model. */
  readonly decision: number
}

export type Model = ReturnType<typeof createModel>

export function createModel() {
  return {
    /** Accepted writes by hostname, oldest first. */
    writes: new Map<string, WriteLog[]>(),
    /** Hostnames whose fence a hand has touched: what follows it need not be newer than everything before. */
    fencesTouched: new Set<string>(),
    /** Members touched by a hand since the last write that left exactly what it wanted, as `hostname type identifier`. */
    membersTouched: new Set<string>(),
    /** Times of hand edits by hostname. */
    handEdits: new Map<string, number[]>(),
    /** Hostnames with a stranger that a finished sweep has stored. */
    strangersKnown: new Set<string>(),
    /** The memory as it was last stored. */
    sets: new Map<string, SetMemory>(),
    /** As it was before that: what the last decision was made with. */
    setsBefore: new Map<string, SetMemory>(),
    providers: new Map<string, ProviderMemory>(),
    adoptions: 0,
    /** Rises whenever stored shares or drains change: what a run read or stored last is the decision it carries out. */
    decision: 0,
    /** Overrides as they stand in the table, by key. */
    overrides: new Map<string, Override>(),
    /** Good plans as they were last stored. */
    good: new Map<string, GoodPlan>(),
    /** The last tick found everything as decided, and nothing but time has passed since. */
    hasSettled: false,
    /** When memory was last lost: growth, bounds and ramps begin anew there. */
    memoryLostAt: -Infinity,
    /** What signals took away, by provider set. */
    removals: new Map<string, { readonly at: number; readonly share: number }[]>(),
    /** When a write was last made without a receipt, because its run died or could not look: what it would have told is not counted by anybody. */
    receiptLostAt: -Infinity,
    /** Writes that a run made which another could have crossed, or of which the table knows nothing: what they leave may look like somebody else's. */
    unclearWrites: [] as number[],
    /** The write that was journalled last, by hostname. */
    journalled: new Map<string, Fence>(),
    /** Hostnames of which the table has a receipt. */
    remembered: new Set<string>(),
    /** Times of writes over what somebody else had made of our last one, by hostname. */
    overAnother: new Map<string, number[]>(),
  }
}
