// What the quantiser turns into a record: everything but the weight, and the share that the weight shall stand for.
import type { WeightedRecord } from '#model/record.ts'

/** `share` 0–1 of all the traffic of the hostname. */
export type RecordWithShare = { readonly record: Omit<WeightedRecord, 'weight'>; readonly share: number }
