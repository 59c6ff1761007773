// What the records of a hostname say of its canary: since when they carry its shares, and what they ask for.
import type { CanaryRow, ControlRow } from '#model/canary.ts'
import type { Decision } from '#model/decision.ts'
import { sharesOf, versionOf } from '#model/record-identity.ts'
import type { HostnameRecords } from '#ports/records-store.ts'

/** Shares in records are whole weights: they miss the wanted ones by this much at most. */
const WEIGHT_ERROR = 0.005

/** When what stands in Route 53 carried the row's shares and was in sync. A change too small for whole weights writes nothing: what stood is in sync. */
export function inSyncSince(row: CanaryRow, records: HostnameRecords | undefined): number | undefined {
  if (records === undefined || !carries(row, records)) return undefined
  const { inSyncAt } = row.canary
  if (inSyncAt !== undefined && inSyncAt >= row.changedAt) return inSyncAt
  if (records.receipt?.inSyncAt === undefined) return undefined
  return Math.max(records.receipt.inSyncAt, row.changedAt)
}

function carries({ hostname, versionShares, changedAt, providerParts }: ControlRow, { observed, receipt }: HostnameRecords): boolean {
  // The parts of providers show in no record by themselves: the write that came after them does.
  if (Object.keys(versionShares).length === 0 || Object.keys(providerParts).length > 0)
    return (receipt?.decided?.splitAt ?? receipt?.submittedAt ?? 0) >= changedAt
  const family = observed.members.filter(({ type }) => type === observed.members[0]?.type)
  const total = family.reduce((sum, { weight }) => sum + weight, 0)
  const standing = (version: string) =>
    family.filter((record) => versionOf(hostname, record) === version).reduce((sum, { weight }) => sum + weight, 0) / total
  const versions = new Set([...Object.keys(versionShares), ...family.flatMap((record) => versionOf(hostname, record) ?? [])])
  return total > 0 && [...versions].every((version) => Math.abs(standing(version) - (versionShares[version] ?? 0)) <= WEIGHT_ERROR)
}

/** By weights, of those whose checks are not red: Route 53 passes the others over as long as one is left. */
export function writtenShareOf(
  { hostname, canary: { subject } }: CanaryRow,
  records: HostnameRecords | undefined,
  decision: Decision | undefined,
): number | undefined {
  if (subject.kind === 'version' || records === undefined) return undefined
  const shares = sharesOf(hostname, records.observed.members)
  const isRed = (name: string) => decision?.providers.some(({ provider, condition }) => provider === name && condition.isRed) === true
  const answered = Object.entries(shares).filter(([name]) => !isRed(name))
  const total = answered.reduce((sum, [, share]) => sum + share, 0)
  if (total === 0) return shares[subject.provider]
  return isRed(subject.provider) ? 0 : (shares[subject.provider] ?? 0) / total
}
