// What a zone must look like after a batch: the rules that concern several record sets, checked for the names the batch touched.
// Sources: API reference, ResourceRecordSet (Weight, TTL, SetIdentifier); developer guide, "Supported DNS record types" (CNAME) and "Quotas".
import { isWithinZone, lengthFault } from './record-name.ts'
import type { RecordSet, Records } from './record-set.ts'
import { valueFaults } from './value-rules.ts'

/** "You can create a maximum of 100 weighted resource record sets that have the same values for the Name and Type elements." */
const WEIGHTED_LIMIT = 100

export function zoneFaults(zoneName: string, records: Records, touched: ReadonlySet<string>): string[] {
  const byName = Map.groupBy(records.values(), ({ name }) => name)
  return [...touched].flatMap((name) => {
    const here = byName.get(name) ?? []
    const single = here.flatMap((record) => recordFaults(zoneName, record))
    const groups = [...Map.groupBy(here, ({ type }) => type).values()].flatMap((group) => groupFaults(zoneName, group))
    return [...single, ...groups, ...cnameFaults(zoneName, name, here), ...(name === zoneName ? apexFaults(zoneName, here) : [])]
  })
}

function recordFaults(zoneName: string, record: RecordSet): string[] {
  if (!isWithinZone(record.name, zoneName)) return [`RRSet with DNS name ${record.name} is not permitted in zone ${zoneName}`]
  // "You can only specify one ResourceRecord per weighted resource record set."
  if (record.weight !== undefined && record.values.length > 1) {
    return [
      `RRSet with DNS name ${record.name}, type ${record.type}, SetIdentifier ${record.setIdentifier} has ${record.values.length} values; a weighted one has one`,
    ]
  }
  const length = lengthFault(record.name)
  return [...(length === undefined ? [] : [length]), ...valueFaults(record)]
}

function groupFaults(zoneName: string, group: readonly RecordSet[]): string[] {
  const [first] = group
  if (first === undefined || group.length === 1) return []
  const weighted = group.filter(({ weight }) => weight !== undefined)
  const faults: string[] = []
  // All records of one name and type have one routing policy (developer guide, "Choosing a routing policy").
  if (weighted.length !== group.length) {
    faults.push(
      `RRSet with DNS name ${first.name}, type ${first.type} cannot be created as a non-weighted set exists with the same name and type in zone ${zoneName}`,
    )
  }
  // "All of the resource record sets in a group of weighted resource record sets must have the same value for TTL."
  const ttls = new Set(weighted.flatMap(({ ttlSeconds }) => (ttlSeconds === undefined ? [] : [ttlSeconds])))
  if (ttls.size > 1) {
    faults.push(`RRSets with DNS name ${first.name}, type ${first.type} must have the same TTL, found ${[...ttls].join(', ')}`)
  }
  if (weighted.length > WEIGHTED_LIMIT) {
    faults.push(`Limit of ${WEIGHTED_LIMIT} weighted records exceeded for DNS name ${first.name}, type ${first.type}`)
  }
  return faults
}

/** No CNAME at the apex of the zone, and nothing beside a CNAME. */
function cnameFaults(zoneName: string, name: string, here: readonly RecordSet[]): string[] {
  if (!here.some(({ type }) => type === 'CNAME')) return []
  if (name === zoneName) return [`RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${zoneName}`]
  if (here.every(({ type }) => type === 'CNAME')) return []
  return [
    `RRSet of type CNAME with DNS name ${name} is not permitted as it conflicts with other records with the same DNS name in zone ${zoneName}`,
  ]
}

/** The NS and SOA records that came with the zone can be changed, not removed. */
function apexFaults(zoneName: string, here: readonly RecordSet[]): string[] {
  return ['NS', 'SOA']
    .filter((wanted) => !here.some(({ type }) => type === wanted))
    .map((missing) => `A HostedZone must contain at least one ${missing} record for the zone itself (${zoneName})`)
}

/** Alias targets in a zone of this account must exist; those elsewhere (a load balancer's zone) are taken as they are. */
export function aliasFaults(
  zoneId: string,
  records: Records,
  changed: readonly RecordSet[],
  recordsOf: (zoneId: string) => Records | undefined,
): string[] {
  return changed.flatMap(({ alias, type }) => {
    if (alias === undefined) return []
    const zone = alias.hostedZoneId === zoneId ? records : recordsOf(alias.hostedZoneId)
    const found = zone === undefined || [...zone.values()].some((record) => record.name === alias.dnsName && record.type === type)
    return found
      ? []
      : [
          `Tried to create an alias that targets ${alias.dnsName}, type ${type} in zone ${alias.hostedZoneId}, but that target was not found`,
        ]
  })
}
