// One page of the records of a zone, in Route 53's order, from a name, type and set identifier on.
// Source: API reference, ListResourceRecordSets.
import { ServiceFault } from '../wire/service-fault.ts'
import { canonicalName, sortName } from './record-name.ts'
import { byListOrder, compare, type RecordSet, type Records } from './record-set.ts'
import { pageSize } from './rest-operation.ts'

/** "ListResourceRecordSets returns up to 300 resource record sets at a time in ASCII order." */
const PAGE = 300

export function listRecords(records: Records, query: URLSearchParams): Record<string, unknown> {
  const name = query.get('name')
  const type = query.get('type')
  const identifier = query.get('identifier')
  // "Specifying type without specifying name returns an InvalidInput error."
  if (type !== null && name === null) throw new ServiceFault('InvalidInput', 'Type requires Name: specify the name as well')
  const start = name === null ? undefined : { name: sortName(canonicalName(name)), type: type ?? '', identifier: identifier ?? '' }
  const isAtOrAfterStart = (record: RecordSet) =>
    start === undefined ||
    (compare(sortName(record.name), start.name) ||
      compare(record.type, start.type) ||
      compare(record.setIdentifier ?? '', start.identifier)) >= 0
  const from = [...records.values()].filter(isAtOrAfterStart).sort(byListOrder)
  const size = pageSize(query, PAGE)
  const next = from[size]
  return {
    ResourceRecordSets: { ResourceRecordSet: from.slice(0, size).map(describeRecord) },
    IsTruncated: next !== undefined,
    NextRecordName: next?.name,
    NextRecordType: next?.type,
    NextRecordIdentifier: next?.setIdentifier,
    MaxItems: size,
  }
}

function describeRecord(record: RecordSet): Record<string, unknown> {
  const { alias } = record
  return {
    Name: record.name,
    Type: record.type,
    SetIdentifier: record.setIdentifier,
    Weight: record.weight,
    TTL: record.ttlSeconds,
    ResourceRecords: alias === undefined ? { ResourceRecord: record.values.map((Value) => ({ Value })) } : undefined,
    AliasTarget: alias && { HostedZoneId: alias.hostedZoneId, DNSName: alias.dnsName, EvaluateTargetHealth: alias.evaluateTargetHealth },
    HealthCheckId: record.healthCheckId,
  }
}
