// When two records are the same, and how a record is named and told apart.
import { setIdentifier } from './names.ts'
import type { RecordTarget, WeightedRecord } from './record.ts'

/** Route 53 tells the members of a name apart by type and set identifier. */
export function recordKey(record: Pick<WeightedRecord, 'type' | 'setIdentifier'>): string {
  return `${record.type} ${record.setIdentifier}`
}

export function sameRecord(a: WeightedRecord, b: WeightedRecord): boolean {
  return (
    a.name === b.name &&
    recordKey(a) === recordKey(b) &&
    a.weight === b.weight &&
    a.healthCheckId === b.healthCheckId &&
    targetText(a.target) === targetText(b.target)
  )
}

/** True when both hold the same records, in any order. */
export function sameRecords(a: readonly WeightedRecord[], b: readonly WeightedRecord[]): boolean {
  if (a.length !== b.length) return false
  const other = new Map(b.map((record) => [recordKey(record), record]))
  return a.every((record) => {
    const match = other.get(recordKey(record))
    return match !== undefined && sameRecord(record, match)
  })
}

/** `192.0.2.1 TTL 60`, or `alias of lb.example.com`. Values are sorted: their order means nothing to Route 53. */
export function targetText(target: RecordTarget): string {
  if (target.kind === 'values') return `${target.values.toSorted().join(' ')} TTL ${target.ttlSeconds}`
  const { dnsName, hostedZoneId, evaluateTargetHealth } = target.alias
  return `alias of ${dnsName} in ${hostedZoneId}${evaluateTargetHealth ? ' with its health' : ''}`
}

/** The share of each provider as the weights give it, 0–1: of the address family that comes first. */
export function sharesOf(hostname: string, records: readonly WeightedRecord[]): Record<string, number> {
  const family = records.filter(({ type }) => type === records[0]?.type)
  const total = family.reduce((sum, { weight }) => sum + weight, 0)
  const shares: Record<string, number> = {}
  for (const record of family) {
    const provider = providerOf(hostname, record)
    if (provider !== undefined && total > 0) shares[provider] = (shares[provider] ?? 0) + record.weight / total
  }
  return shares
}

/** The provider a set identifier of ours names; undefined when it is not ours. */
export function providerOf(hostname: string, record: Pick<WeightedRecord, 'setIdentifier'>): string | undefined {
  return partsOf(hostname, record)?.[0]
}

/** The version a set identifier of ours names; undefined when it names none. */
export function versionOf(hostname: string, record: Pick<WeightedRecord, 'setIdentifier'>): string | undefined {
  return partsOf(hostname, record)?.[2]
}

function partsOf(hostname: string, { setIdentifier: identifier }: Pick<WeightedRecord, 'setIdentifier'>): string[] | undefined {
  const prefix = setIdentifier(hostname, '', '').slice(0, -1)
  return identifier.startsWith(prefix) ? identifier.slice(prefix.length).split(':') : undefined
}
