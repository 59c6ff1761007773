// One line of the journal: what was decided, applied, refused or overridden, by whom and why.
import * as z from 'zod'
import { Fence } from './fence.ts'
import { JudgeRecord } from './judge-record.ts'
import { Override } from './override.ts'
import { RecordChange, Refusal } from './plan.ts'
import { Reason } from './reason.ts'
import { Receipt } from './receipt.ts'

/** What the judge said of one closed minute, and of what counts. There is one of each minute of a canary, however often it was judged. */
const JudgedEntry = JudgeRecord.extend({ execution: z.string() })
export type JudgedEntry = z.infer<typeof JudgedEntry>

export const JournalEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('applied'),
    at: z.number(),
    hostname: z.string(),
    receipt: Receipt,
    changes: z.array(RecordChange),
    /** A change batch that restores what stood before, ready for `aws route53 change-resource-record-sets`. */
    undo: z.string(),
    /** The same from what this write left to the last good plan; absent where none was kept by then, or where the entry would grow too large. */
    rollback: z.string().optional(),
  }),
  z.object({ kind: z.literal('refused'), at: z.number(), hostname: z.string(), refusals: z.array(Refusal) }),
  z.object({ kind: z.literal('conflict'), at: z.number(), hostname: z.string(), fence: Fence.optional(), reason: Reason }),
  z.object({ kind: z.literal('inSync'), at: z.number(), hostname: z.string(), receipt: Receipt }),
  /** A transition of a canary, or an operator's word about it. */
  z.object({ kind: z.literal('canary'), at: z.number(), hostname: z.string(), execution: z.string(), generation: z.int(), reason: Reason }),
  JudgedEntry,
  z.object({ kind: z.literal('override'), at: z.number(), hostname: z.string(), override: Override, action: z.enum(['set', 'ended']) }),
])
export type JournalEntry = z.infer<typeof JournalEntry>
