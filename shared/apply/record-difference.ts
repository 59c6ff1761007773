// What turns one set of records into another: exact deletions, and creations. What is the same in both is in neither.
import type { WeightedRecord } from '#model/record.ts'
import { sameRecord } from '#model/record-identity.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'

type Records = readonly WeightedRecord[]

export function recordDifference(from: Records, to: Records): Pick<RecordSwap, 'remove' | 'create'> {
  return { remove: without(from, to), create: without(to, from) }
}

function without(records: Records, others: Records): Records {
  return records.filter((record) => !others.some((other) => sameRecord(record, other)))
}
