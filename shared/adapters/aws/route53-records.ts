// Translates between Route 53's record sets and the records of the model.
import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53'
import { fenceText, parseFence } from '#model/fence.ts'
import { fenceName, setIdentifier } from '#model/names.ts'
import type { ObservedRecords, StrangeRecord } from '#model/observed-records.ts'
import { RecordType, WeightedRecord } from '#model/record.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'

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

/** Deletions first: a batch is applied as a whole, and Route 53 refuses to create what still stands. */
export function changesOf(swap: RecordSwap): Change[] {
  const txt = (fence: { generation: number; sequence: number; ttlSeconds: number }): ResourceRecordSet => ({
    Name: fenceName(swap.hostname),
    Type: 'TXT',
    TTL: fence.ttlSeconds,
    ResourceRecords: [{ Value: `"${fenceText(fence)}"` }],
  })
  return [
    ...swap.remove.map((record): Change => ({ Action: 'DELETE', ResourceRecordSet: recordSetOf(record) })),
    ...(swap.fence.before === undefined ? [] : [{ Action: 'DELETE' as const, ResourceRecordSet: txt(swap.fence.before) }]),
    ...swap.create.map((record): Change => ({ Action: 'CREATE', ResourceRecordSet: recordSetOf(record) })),
    { Action: 'CREATE', ResourceRecordSet: txt(swap.fence.after) },
  ]
}

function recordSetOf(record: WeightedRecord): ResourceRecordSet {
  const { target } = record
  return {
    Name: record.name,
    Type: record.type,
    SetIdentifier: record.setIdentifier,
    Weight: record.weight,
    ...(record.healthCheckId === undefined ? {} : { HealthCheckId: record.healthCheckId }),
    ...(target.kind === 'values'
      ? { TTL: target.ttlSeconds, ResourceRecords: target.values.map((Value) => ({ Value })) }
      : {
          AliasTarget: {
            DNSName: target.alias.dnsName,
            HostedZoneId: target.alias.hostedZoneId,
            EvaluateTargetHealth: target.alias.evaluateTargetHealth,
          },
        }),
  }
}
