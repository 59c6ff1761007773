// A judged minute as the journal keeps it: what was counted, whose evidence it is, and what came of it.
import * as z from 'zod'
import { JudgeMinute } from './judge-minute.ts'
import { JudgeSettings } from './judge-settings.ts'
import { Verdict } from './verdict.ts'

/** A replay of all records of one canary, in the order of their minutes, gives each verdict again, bit for bit. */
export const JudgeRecord = z.object({
  kind: z.literal('judged'),
  /** When it was judged, in epoch seconds. */
  at: z.number(),
  hostname: z.string().min(1),
  /** The canary's: the evidence begins anew with another one. */
  generation: z.int().min(0),
  /** In the first minute of a canary; they are those of all its minutes, and the same text 2400 times would be most of the journal. */
  settings: JudgeSettings.optional(),
  minute: JudgeMinute,
  verdict: Verdict,
})
export type JudgeRecord = z.infer<typeof JudgeRecord>
