// The way back by hand: a change batch for the day the Lambdas are gone.
import { fenceText } from '#model/fence.ts'
import { fenceName } from '#model/names.ts'
import type { WeightedRecord } from '#model/record.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'

/**
 * JSON for `aws route53 change-resource-record-sets --change-batch`, restoring what `swap` replaces.
 * It deletes exactly what `swap` created, so it fails as a whole once anything else was written.
 */
export function undoBatch(swap: RecordSwap): string {
  const name = fenceName(swap.hostname)
  const txt = (fence: { generation: number; sequence: number; ttlSeconds: number }) => ({
    Name: name,
    Type: 'TXT',
    TTL: fence.ttlSeconds,
    ResourceRecords: [{ Value: `"${fenceText(fence)}"` }],
  })
  const change = (Action: 'DELETE' | 'CREATE', ResourceRecordSet: object) => ({ Action, ResourceRecordSet })
  return JSON.stringify({
    Comment: `undo of ${swap.comment}`,
    Changes: [
      ...swap.create.map((record) => change('DELETE', recordSet(record))),
      change('DELETE', txt(swap.fence.after)),
      ...swap.remove.map((record) => change('CREATE', recordSet(record))),
      ...(swap.fence.before === undefined ? [] : [change('CREATE', txt(swap.fence.before))]),
    ],
  })
}

function recordSet(record: WeightedRecord): object {
  const { target } = record
  return {
    Name: record.name,
    Type: record.type,
    SetIdentifier: record.setIdentifier,
    Weight: record.weight,
    // JSON leaves it out where there is none.
    HealthCheckId: record.healthCheckId,
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
