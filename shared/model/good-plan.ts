// The last good plan of a hostname: records that stayed in sync for a dead time while no provider was bad. Kept apart from everything that is cleaned up.
import * as z from 'zod'
import { Fence } from './fence.ts'
import { Hostname } from './names.ts'
import { WeightedRecord } from './record.ts'

const Standing = z.object({
  members: z.array(WeightedRecord).min(1),
  fence: Fence,
  /** Epoch seconds of its INSYNC. */
  since: z.number(),
})

export const GoodPlan = Standing.extend({
  hostname: Hostname,
  /** The one before, for when the newest good plan is what stands. */
  previous: Standing.optional(),
})
export type GoodPlan = z.infer<typeof GoodPlan>
