// Reads Route 53's record sets as records of the model.
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { parseFence } from '#model/fence.ts'
import { fenceName, setIdentifier } from '#model/names.ts'
import type { ObservedRecords, StrangeRecord } from '#model/observed-records.ts'
import { RecordType, WeightedRecord } from '#model/record.ts'

/** Route 53 answers names with a trailing dot and `*` as `\052` (Developer Guide, "DNS domain name format"). */
export function normalisedName(name: string): string {
  return name.replace(/\\052/g, '*').replace(/\.$/, '').toLowerCase()
}

/** Sorts what stands at a hostname into our members, the fence, and strangers: address records that are not ours. */
export function observedFrom(hostname: string, recordSets: readonly ResourceRecordSet[], observedAt: number): ObservedRecords {
  const members: WeightedRecord[] = []
  const strangers: StrangeRecord[] = []
  let fence: ObservedRecords['fence']
  for (const recordSet of recordSets) {
    const name = normalisedName(recordSet.Name ?? '')
    if (name === fenceName(hostname)) {
      const parsed = recordSet.SetIdentifier === undefined ? parseFence(txtOf(recordSet)) : undefined
      if (parsed === undefined) strangers.push(strange(recordSet, 'a TXT record at the name of the fence that is not a fence'))
      else fence = { ...parsed, ttlSeconds: recordSet.TTL ?? 0 }
    } else if (RecordType.safeParse(recordSet.Type).success) {
      const member = memberFrom(hostname, recordSet)
      if ('why' in member) strangers.push(member)
      else members.push(member)
    }
    // NS, SOA, MX and others may stand beside ours; they are none of our business.
  }
  return { hostname, members, ...(fence === undefined ? {} : { fence }), strangers, observedAt }
}

function memberFrom(hostname: string, recordSet: ResourceRecordSet): WeightedRecord | StrangeRecord {
  const identifier = recordSet.SetIdentifier
  if (identifier === undefined || recordSet.Weight === undefined) return strange(recordSet, 'not a weighted record')
  if (!identifier.startsWith(setIdentifier(hostname, '', '').slice(0, -1)))
    return strange(recordSet, 'its set identifier does not begin with ours')
  const alias = recordSet.AliasTarget
  const record = WeightedRecord.safeParse({
    name: hostname,
    type: recordSet.Type,
    setIdentifier: identifier,
    weight: recordSet.Weight,
    target: alias
      ? {
          kind: 'alias',
          alias: {
            dnsName: normalisedName(alias.DNSName ?? ''),
            hostedZoneId: alias.HostedZoneId,
            evaluateTargetHealth: alias.EvaluateTargetHealth,
          },
        }
      : {
          kind: 'values',
          values: (recordSet.ResourceRecords ?? []).map(({ Value }) => valueFrom(recordSet, Value ?? '')),
          ttlSeconds: recordSet.TTL,
        },
    ...(recordSet.HealthCheckId === undefined ? {} : { healthCheckId: recordSet.HealthCheckId }),
  })
  return record.success ? record.data : strange(recordSet, 'it carries our set identifier but cannot be read')
}

/** The target of a CNAME may come back with its trailing dot; the deletion then has to carry the same text. */
function valueFrom(recordSet: ResourceRecordSet, value: string): string {
  return recordSet.Type === 'CNAME' ? value.replace(/\.$/, '') : value
}

function strange(recordSet: ResourceRecordSet, why: string): StrangeRecord {
  const { SetIdentifier } = recordSet
  return {
    name: normalisedName(recordSet.Name ?? ''),
    type: recordSet.Type ?? '?',
    ...(SetIdentifier === undefined ? {} : { setIdentifier: SetIdentifier }),
    why,
  }
}

function txtOf(recordSet: ResourceRecordSet): string {
  const values = recordSet.ResourceRecords ?? []
  return values.length === 1 ? (values[0]?.Value ?? '').replace(/^"|"$/g, '') : ''
}
