// The records that a rollback has brought back: while it is pinned they count in place of the configuration's, and only their weights follow the decision.
import type { Decision } from '#model/decision.ts'
import type { WeightedRecord } from '#model/record.ts'
import { providerOf, sharesOf, versionOf } from '#model/record-identity.ts'
import type { Split } from '#model/split.ts'
import type { RecordWithShare } from './record-with-share.ts'

/** What a rollback pinned. */
export type Restored = {
  readonly members: readonly WeightedRecord[]
  /** Epoch seconds of the pin: a split that changed later is news, such as the abort of a canary, and counts. */
  readonly since: number
}

/** False where the decision gives shares to providers that the plan does not name: nobody of it may serve, and the configuration counts. */
export function canBeRestored(hostname: string, { members }: Restored, { providers }: Decision): boolean {
  const pinned = sharesOf(hostname, members)
  const isConfigured = (name: string) => providers.some(({ provider }) => provider === name)
  if (Object.entries(pinned).some(([name, share]) => share > 0 && !isConfigured(name))) return true
  return providers.every(({ provider, share }) => share === 0 || pinned[provider] !== undefined)
}

/**
 * A provider that has left the configuration keeps the share it had in the plan: nothing is decided about it, and its own health check protects it.
 *
 * @param sharesInRecords of the decided providers, 0–1. @param split one that counts
 */
export function restoredMembers(
  hostname: string,
  members: readonly WeightedRecord[],
  sharesInRecords: ReadonlyMap<string, number>,
  split: Split | undefined,
): RecordWithShare[] {
  const pinned = sharesOf(hostname, members)
  const shareGone = Object.entries(pinned).reduce((sum, [name, share]) => (sharesInRecords.has(name) ? sum : sum + share), 0)
  const groups = Map.groupBy(members, (member) => `${member.type} ${providerOf(hostname, member)}`)
  return [...groups.values()].flatMap((group) => {
    const provider = group[0] === undefined ? '' : (providerOf(hostname, group[0]) ?? '')
    const decided = sharesInRecords.get(provider)
    const share = decided === undefined ? (pinned[provider] ?? 0) : decided * (1 - shareGone)
    return partsOf(hostname, named(hostname, group, split), members, split).map(({ record, part }) => ({ record, share: share * part }))
  })
}

/** Versions that had nothing in what was restored: they stay a last resort. */
export function restoredZeroVersions(hostname: string, { members }: Restored): string[] {
  const versions = new Set(members.flatMap((member) => versionOf(hostname, member) ?? []))
  return [...versions].filter((version) => members.every((member) => member.weight === 0 || versionOf(hostname, member) !== version))
}

/** A version that a split does not name has no records, as long as the provider has another. */
function named(hostname: string, group: readonly WeightedRecord[], split: Split | undefined): readonly WeightedRecord[] {
  const kept = group.filter((member) => split?.versionShares[versionOf(hostname, member) ?? ''] !== undefined)
  return kept.length === 0 ? group : kept
}

/** How the records of one type and provider part its share: as the split says, as they did, or as their versions did elsewhere. */
function partsOf(
  hostname: string,
  group: readonly WeightedRecord[],
  members: readonly WeightedRecord[],
  split: Split | undefined,
): { readonly record: RecordWithShare['record']; readonly part: number }[] {
  const ofVersionOf = (one: WeightedRecord, all: readonly WeightedRecord[]) =>
    all.filter((other) => versionOf(hostname, other) === versionOf(hostname, one))
  const measures = [
    (one: WeightedRecord) => (split?.versionShares[versionOf(hostname, one) ?? ''] ?? 0) / ofVersionOf(one, group).length,
    ({ weight }: WeightedRecord) => weight,
    (one: WeightedRecord) => ofVersionOf(one, members).reduce((sum, { weight }) => sum + weight, 0),
  ]
  const total = (measure: (one: WeightedRecord) => number) => group.reduce((sum, one) => sum + measure(one), 0)
  const measure = measures.find((candidate) => total(candidate) > 0) ?? (() => 1)
  return group.map((one) => {
    const { weight: _ofThen, ...record } = one
    return { record, part: measure(one) / total(measure) }
  })
}
