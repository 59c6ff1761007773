// The ways back by hand: change batches for the day the Lambdas are gone.

import { batchChanges } from '#model/batch-changes.ts'
import type { WeightedRecord } from '#model/record.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'
import { recordDifference } from './record-difference.ts'

/**
 * JSON for `aws route53 change-resource-record-sets --change-batch`, restoring what `swap` replaces. It deletes exactly what `swap` created, so it
 * fails as a whole once anything else was written. The fence rises as with any write: whoever planned before it cannot write after it.
 */
export function undoBatch({ hostname, remove, create, fence: { after }, comment }: RecordSwap): string {
  const fence = { before: after, after: { ...after, sequence: after.sequence + 1 } }
  return changeBatch({ hostname, remove: create, create: remove, fence, comment: `undo of ${comment}` })
}

/** The same from what `swap` leaves, all of it `standing`, to `good`, however many writes lie between. Under a generation of its own, as a rollback is. */
export function rollbackBatch({ hostname, fence: { after }, comment }: RecordSwap, standing: Records, good: Records): string {
  const fence = { before: after, after: { ...after, generation: after.generation + 1, sequence: after.sequence + 1 } }
  return changeBatch({ hostname, ...recordDifference(standing, good), fence, comment: `from ${comment} to the last good plan` })
}

type Records = readonly WeightedRecord[]

function changeBatch({ comment, ...swap }: Omit<RecordSwap, 'zoneId'>): string {
  return JSON.stringify({ Comment: comment, Changes: batchChanges(swap) })
}
