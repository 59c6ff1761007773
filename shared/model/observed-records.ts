// What was last seen of a hostname in Route 53: our members, the fence, and records that are not ours.
import * as z from 'zod'
import { Fence } from './fence.ts'
import { Hostname } from './names.ts'
import { WeightedRecord } from './record.ts'

/** A record at the hostname, or at its fence's name, that does not carry our set identifier or cannot be read as ours. */
export const StrangeRecord = z.object({
  name: z.string(),
  type: z.string(),
  setIdentifier: z.string().optional(),
  why: z.string(),
})
export type StrangeRecord = z.infer<typeof StrangeRecord>

export const ObservedRecords = z.object({
  hostname: Hostname,
  members: z.array(WeightedRecord),
  /** Absent when the hostname has never been written by us. `ttlSeconds` is needed to delete the TXT exactly. */
  fence: Fence.extend({ ttlSeconds: z.int().min(0) }).optional(),
  strangers: z.array(StrangeRecord),
  /** Epoch seconds at which Route 53 said so. */
  observedAt: z.number(),
})
export type ObservedRecords = z.infer<typeof ObservedRecords>
