// Reasons are data: a code for machines and one sentence for people, written once and printed everywhere.
import * as z from 'zod'

/** Why something was decided, refused or changed. `sentence` carries the numbers; it is never parsed. */
export const Reason = z.object({ code: z.string().min(1), sentence: z.string().min(1) })
export type Reason = z.infer<typeof Reason>
