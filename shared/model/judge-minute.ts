// What was counted in one closed minute of a canary, in both arms. The journal keeps these: a replay needs nothing else.
import * as z from 'zod'

const count = z.int().min(0)

/** One arm. Absent counts are missing, zero is a count. */
export const ArmMinute = z.strictObject({
  requests: count,
  failures: count.optional(),
  /** Distinct clients with at least one failure. Preferred where both arms have it: a client's failures come in clumps. */
  clientsFailing: count.optional(),
  /** Requests slower than each edge, by metric of kind latency; as many as it has edges. */
  slower: z.record(z.string(), z.array(count)).optional(),
  /** Bad events of each metric of kind count, at most one per request. */
  counts: z.record(z.string(), count).optional(),
})
export type ArmMinute = z.infer<typeof ArmMinute>

export const JudgeMinute = z.strictObject({
  /** Begin of the minute in epoch seconds; a replay may number its minutes. Rises. */
  minute: z.number(),
  /** Undefined: nothing is known of this arm in this minute. */
  canary: ArmMinute.optional(),
  control: ArmMinute.optional(),
  /** Why this minute is not judged: a failover, an operator's hold. */
  frozen: z.string().min(1).optional(),
})
export type JudgeMinute = z.infer<typeof JudgeMinute>
