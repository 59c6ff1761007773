// The hosted zones of the account: their records as the API sees them, and as the name servers know them once a change is in sync.
import { identifier } from '../identifier.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import { canonicalName } from './record-name.ts'
import { type RecordSet, type Records, recordKey } from './record-set.ts'

/** A state of a zone that the name servers reach at `inSyncAt`. */
type Version = { readonly inSyncAt: number; readonly records: Records }

export type HostedZone = {
  readonly id: string
  /** Canonical, with the trailing dot. */
  readonly name: string
  readonly callerReference: string
  readonly comment: string | undefined
  records: Records
  /** Oldest first; the last one at or before now is served. */
  versions: Version[]
  /** A change is being processed until then. */
  busyUntil: number
}

export type HostedZones = {
  create(zone: { id?: string; name: string; callerReference: string; comment?: string | undefined }): HostedZone
  get(id: string): HostedZone
  /** Undefined where `get` would throw. */
  find(id: string): HostedZone | undefined
  remove(id: string): void
  all(): HostedZone[]
}

/** Names servers as Route 53 gives them; nothing answers there. */
export const NAME_SERVERS = ['ns-1.awsdns-01.org.', 'ns-2.awsdns-02.net.', 'ns-3.awsdns-03.com.', 'ns-4.awsdns-04.co.uk.']

export function createHostedZones(): HostedZones {
  const zones = new Map<string, HostedZone>()
  return {
    create({ id, name, callerReference, comment }) {
      // "Amazon Route 53 returns this error when a hosted zone has already been created with the specified CallerReference" (status 409).
      const used = [...zones.values()].some((zone) => zone.id === id || zone.callerReference === callerReference)
      if (used)
        throw new ServiceFault(
          'HostedZoneAlreadyExists',
          `A hosted zone has already been created with the specified caller reference.`,
          409,
        )
      const zone = emptyZone(id ?? identifier('Z', `zone ${name} ${callerReference}`), canonicalName(name), callerReference, comment)
      zones.set(zone.id, zone)
      return zone
    },
    get(id) {
      const zone = zones.get(id)
      if (zone === undefined) throw new ServiceFault('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404)
      return zone
    },
    find: (id) => zones.get(id),
    remove: (id) => void zones.delete(id),
    all: () => [...zones.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

/** A new zone has its NS and SOA records (developer guide, "NS and SOA records that Amazon Route 53 creates for a public hosted zone"). */
function emptyZone(id: string, name: string, callerReference: string, comment: string | undefined): HostedZone {
  const simple = { name, setIdentifier: undefined, weight: undefined, alias: undefined, healthCheckId: undefined }
  const soa = `${NAME_SERVERS[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`
  const apex: RecordSet[] = [
    { ...simple, type: 'NS', ttlSeconds: 172800, values: NAME_SERVERS },
    { ...simple, type: 'SOA', ttlSeconds: 900, values: [soa] },
  ]
  const records = new Map(apex.map((record) => [recordKey(record), record]))
  return {
    id,
    name,
    callerReference,
    comment,
    records,
    versions: [{ inSyncAt: Number.NEGATIVE_INFINITY, records }],
    busyUntil: Number.NEGATIVE_INFINITY,
  }
}

/** What the name servers answer from at `nowSeconds`; older versions are forgotten. */
export function servedRecords(zone: HostedZone, nowSeconds: number): Records {
  while ((zone.versions[1]?.inSyncAt ?? Number.POSITIVE_INFINITY) <= nowSeconds) zone.versions.shift()
  return zone.versions[0]?.records ?? zone.records
}
