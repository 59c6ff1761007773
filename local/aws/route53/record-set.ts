// One record set as a zone keeps it: its identity, what it shares with others of its name, and when two are the same.
import { canonicalName, sortName } from './record-name.ts'

export type AliasTarget = { readonly hostedZoneId: string; readonly dnsName: string; readonly evaluateTargetHealth: boolean }

export type RecordSet = {
  /** Canonical: lower case, escaped, with the trailing dot. */
  readonly name: string
  readonly type: string
  readonly setIdentifier: string | undefined
  readonly weight: number | undefined
  /** Absent for aliases. */
  readonly ttlSeconds: number | undefined
  readonly values: readonly string[]
  readonly alias: AliasTarget | undefined
  readonly healthCheckId: string | undefined
}

/** By identity (`recordKey`). A change makes a new map, so that what the name servers know is an older map. */
export type Records = ReadonlyMap<string, RecordSet>

/** "In a group of resource record sets that have the same name and type, the value of SetIdentifier must be unique for each resource record set." */
export function recordKey({ name, type, setIdentifier }: Pick<RecordSet, 'name' | 'type' | 'setIdentifier'>): string {
  return `${name}|${type}|${setIdentifier ?? ''}`
}

/** For messages, in Route 53's own notation. */
export function describe({ name, type, setIdentifier }: Pick<RecordSet, 'name' | 'type' | 'setIdentifier'>): string {
  return `[name='${name}', type='${type}'${setIdentifier === undefined ? '' : `, set identifier='${setIdentifier}'`}]`
}

/** "To delete a resource record set, you must specify all the same values that you specified when you created it" (API reference, DELETE). */
export function isSameRecordSet(a: RecordSet, b: RecordSet): boolean {
  return recordKey(a) === recordKey(b) && content(a) === content(b)
}

function content(record: RecordSet): string {
  const values = record.values.map((value) => comparable(record.type, value)).sort()
  const alias = record.alias && [record.alias.hostedZoneId, canonicalName(record.alias.dnsName), record.alias.evaluateTargetHealth]
  return JSON.stringify([record.weight, record.ttlSeconds, values, alias, record.healthCheckId])
}

/** Values that are names are the same with or without trailing dot; the order of values never matters. */
function comparable(type: string, value: string): string {
  return ['CNAME', 'NS', 'PTR'].includes(type) ? canonicalName(value) : value
}

/** The order of ListResourceRecordSets: reversed labels, type, set identifier. */
export function byListOrder(a: RecordSet, b: RecordSet): number {
  return compare(sortName(a.name), sortName(b.name)) || compare(a.type, b.type) || compare(a.setIdentifier ?? '', b.setIdentifier ?? '')
}

/** ASCII order, as DNS names are sorted; not the locale's. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
