// Applies a batch of changes to the records of a zone, all or nothing.
// Source: API reference, ChangeResourceRecordSets: "either makes all or none of the changes in the change batch request".
import type { RecordChange } from './record-input.ts'
import { describe, isSameRecordSet, type Records, recordKey } from './record-set.ts'
import { aliasFaults, zoneFaults } from './zone-rules.ts'

export type BatchOutcome =
  | { readonly kind: 'applied'; readonly records: Records }
  /** `messages` has one sentence per objection; nothing was changed. */
  | { readonly kind: 'refused'; readonly messages: readonly string[] }

export type ZoneView = {
  readonly id: string
  readonly name: string
  readonly records: Records
  readonly recordsOf: (zoneId: string) => Records | undefined
}

export function applyBatch(zone: ZoneView, changes: readonly RecordChange[]): BatchOutcome {
  const overQuota = quotaFaults(changes)
  if (overQuota.length > 0) return { kind: 'refused', messages: overQuota }
  const records = new Map(zone.records)
  const messages = changes.flatMap((change) => applyChange(records, change))
  if (messages.length > 0) return { kind: 'refused', messages }
  const faults = [
    ...zoneFaults(zone.name, records, new Set(changes.map(({ record }) => record.name))),
    ...aliasFaults(
      zone.id,
      records,
      changes.filter(({ action }) => action !== 'DELETE').map(({ record }) => record),
      zone.recordsOf,
    ),
  ]
  return faults.length > 0 ? { kind: 'refused', messages: faults } : { kind: 'applied', records }
}

function applyChange(records: Map<string, RecordChange['record']>, { action, record }: RecordChange): string[] {
  const key = recordKey(record)
  const current = records.get(key)
  switch (action) {
    case 'CREATE':
      if (current !== undefined) return [`Tried to create resource record set ${describe(record)} but it already exists`]
      records.set(key, record)
      return []
    case 'UPSERT':
      records.set(key, record)
      return []
    case 'DELETE':
      if (current === undefined) return [`Tried to delete resource record set ${describe(record)} but it was not found`]
      if (!isSameRecordSet(current, record)) {
        return [`Tried to delete resource record set ${describe(record)} but the values provided do not match the current values`]
      }
      records.delete(key)
      return []
  }
}

/**
 * At most 1,000 ResourceRecord elements and 32,000 characters in their values, those of an UPSERT counted twice (developer guide, "Quotas",
 * ChangeResourceRecordSets).
 */
function quotaFaults(changes: readonly RecordChange[]): string[] {
  let elements = 0
  let characters = 0
  for (const { action, record } of changes) {
    const times = action === 'UPSERT' ? 2 : 1
    elements += times * record.values.length
    characters += times * record.values.reduce((sum, value) => sum + value.length, 0)
  }
  return [
    ...(elements > 1000 ? [`Number of records limit of 1000 exceeded: ${elements}`] : []),
    ...(characters > 32_000 ? [`Number of characters in record values limit of 32000 exceeded: ${characters}`] : []),
  ]
}
