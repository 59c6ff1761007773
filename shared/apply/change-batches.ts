// The ways back by hand: change batches for the day the Lambdas are gone.
import { fenceText } from '#model/fence.ts'
import { fenceName } from '#model/names.ts'
import type { WeightedRecord } from '#model/record.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'
import { recordDifference } from './record-difference.ts'

/**
 * JSON for `aws route53 change-resource-record-sets --change-batch`, restoring what `swap` replaces. It deletes exactly what `swap` created, so it
 * fails as a whole once anything else was written. The fence rises as with any write: whoever planned before it cannot write after it.
 */
export function undoBatch({ hostname, remove, create, fence: { after }, comment }: RecordSwap): string {
  const fence = { before: after, after: { ...after, sequence: after.sequence + 1 } }
  return changeBatch({ hostname, remove: create, create: remove, fence, comment: `undo of ${comment}` })
}

/** The same from what `swap` leaves, all of it `standing`, to `good`, however many writes lie between. Under a generation of its own, as a rollback is. */
export function rollbackBatch({ hostname, fence: { after }, comment }: RecordSwap, standing: Records, good: Records): string {
  const fence = { before: after, after: { ...after, generation: after.generation + 1, sequence: after.sequence + 1 } }
  return changeBatch({ hostname, ...recordDifference(standing, good), fence, comment: `from ${comment} to the last good plan` })
}

type Records = readonly WeightedRecord[]

function changeBatch({ hostname, remove, create, fence, comment }: Omit<RecordSwap, 'zoneId'>): string {
  const txt = ({ ttlSeconds, ...value }: RecordSwap['fence']['after']) => ({
    Name: fenceName(hostname),
    Type: 'TXT',
    TTL: ttlSeconds,
    ResourceRecords: [{ Value: `"${fenceText(value)}"` }],
  })
  const change = (Action: 'DELETE' | 'CREATE', ResourceRecordSet: object) => ({ Action, ResourceRecordSet })
  return JSON.stringify({
    Comment: comment,
    Changes: [
      ...remove.map((record) => change('DELETE', recordSet(record))),
      ...(fence.before === undefined ? [] : [change('DELETE', txt(fence.before))]),
      ...create.map((record) => change('CREATE', recordSet(record))),
      change('CREATE', txt(fence.after)),
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
