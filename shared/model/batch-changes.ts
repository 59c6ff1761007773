// The changes of one batch in the words of Route 53's API: the same whether a function sends them or a person does by hand.
import { type Fence, fenceText } from './fence.ts'
import { fenceName } from './names.ts'
import type { RecordType, WeightedRecord } from './record.ts'

type StandingFence = Fence & { readonly ttlSeconds: number }

type RecordSet = {
  readonly Name: string
  readonly Type: RecordType | 'TXT'
  readonly SetIdentifier?: string
  readonly Weight?: number
  readonly HealthCheckId?: string
  readonly TTL?: number
  readonly ResourceRecords?: { Value: string }[]
  readonly AliasTarget?: { readonly DNSName: string; readonly HostedZoneId: string; readonly EvaluateTargetHealth: boolean }
}

/** API reference, "Change". */
type BatchChange = { readonly Action: 'DELETE' | 'CREATE'; readonly ResourceRecordSet: RecordSet }

/** Deletions first: a batch is applied as a whole, and Route 53 refuses to create what still stands. */
export function batchChanges({
  hostname,
  remove,
  create,
  fence,
}: {
  readonly hostname: string
  readonly remove: readonly WeightedRecord[]
  readonly create: readonly WeightedRecord[]
  readonly fence: { readonly before: StandingFence | undefined; readonly after: StandingFence }
}): BatchChange[] {
  const change = (Action: BatchChange['Action'], ResourceRecordSet: RecordSet) => ({ Action, ResourceRecordSet })
  return [
    ...remove.map((record) => change('DELETE', recordSetOf(record))),
    ...(fence.before === undefined ? [] : [change('DELETE', fenceSetOf(hostname, fence.before))]),
    ...create.map((record) => change('CREATE', recordSetOf(record))),
    change('CREATE', fenceSetOf(hostname, fence.after)),
  ]
}

function fenceSetOf(hostname: string, { ttlSeconds, ...fence }: StandingFence): RecordSet {
  return { Name: fenceName(hostname), Type: 'TXT', TTL: ttlSeconds, ResourceRecords: [{ Value: `"${fenceText(fence)}"` }] }
}

function recordSetOf({ name, type, setIdentifier, weight, healthCheckId, target }: WeightedRecord): RecordSet {
  return {
    Name: name,
    Type: type,
    SetIdentifier: setIdentifier,
    Weight: weight,
    ...(healthCheckId === undefined ? {} : { HealthCheckId: healthCheckId }),
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
