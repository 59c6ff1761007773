// Which records have to change, and why each.
import type { Decision } from '#model/decision.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { RecordChange } from '#model/plan.ts'
import type { Reason } from '#model/reason.ts'
import type { WeightedRecord } from '#model/record.ts'
import { providerOf, recordKey, sameRecord, targetText } from '#model/record-identity.ts'
import type { Change } from './change-of.ts'

/** The changes from `observed` to `wanted`, in the order of the wanted records, removals last. Empty when nothing differs. */
export function diff(
  hostname: HostnamePolicy,
  observed: ObservedRecords,
  wanted: readonly WeightedRecord[],
  decision: Decision,
  change: Pick<Change, 'late'>,
  isRestored = false,
): RecordChange[] {
  const standing = new Map(observed.members.map((member) => [recordKey(member), member]))
  const changes: RecordChange[] = []
  for (const after of wanted) {
    const before = standing.get(recordKey(after))
    standing.delete(recordKey(after))
    if (before === undefined) changes.push({ after, reason: reasonToCreate(after) })
    else if (!sameRecord(before, after)) changes.push({ before, after, reason: reasonToChange(hostname, before, after, decision, change) })
  }
  for (const before of standing.values()) changes.push({ before, reason: reasonToRemove(before, change, isRestored) })
  return changes
}

function reasonToCreate(after: WeightedRecord): Reason {
  return {
    code: 'create',
    sentence: `${after.setIdentifier} ${after.type}: new, weight ${after.weight}, answers ${targetText(after.target)}`,
  }
}

function reasonToRemove(before: WeightedRecord, { late }: Pick<Change, 'late'>, isRestored: boolean): Reason {
  if (late !== undefined) return { code: 'remove', sentence: `${before.setIdentifier} ${before.type}: removed: ${late.sentence}` }
  const why = isRestored ? 'the plan that was rolled back to has none' : 'the configuration no longer names it'
  return { code: 'remove', sentence: `${before.setIdentifier} ${before.type}: removed, ${why}` }
}

function reasonToChange(
  hostname: HostnamePolicy,
  before: WeightedRecord,
  after: WeightedRecord,
  decision: Decision,
  { late }: Pick<Change, 'late'>,
): Reason {
  const differences = [
    ...(before.weight === after.weight ? [] : [`weight ${before.weight} → ${after.weight}`]),
    ...(targetText(before.target) === targetText(after.target) ? [] : [`${targetText(before.target)} → ${targetText(after.target)}`]),
    ...(before.healthCheckId === after.healthCheckId
      ? []
      : [`health check ${before.healthCheckId ?? 'none'} → ${after.healthCheckId ?? 'none'}`]),
  ].join(', ')
  if (late !== undefined) return { code: late.code, sentence: `${after.type} ${differences}: ${late.sentence}` }
  const decided = decision.providers.find(({ provider }) => provider === providerOf(hostname.hostname, after))
  if (decision.isChange && decided !== undefined)
    return { code: decided.reason.code, sentence: `${after.type} ${differences}: ${decided.reason.sentence}` }
  return { code: 'repair', sentence: `${after.setIdentifier} ${after.type}: ${differences}, restored to what was decided` }
}
