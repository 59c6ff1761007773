// What a rollback writes: the newest plan that was good and is not what stands, under a generation of its own. Pure.
import type { Configuration } from '#model/configuration.ts'
import { type Fence, laterOf } from '#model/fence.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan, RecordChange } from '#model/plan.ts'
import { heldSetId } from '#model/provider-set.ts'
import type { Reason } from '#model/reason.ts'
import type { ApplyOutcome, Receipt, RollbackRequest } from '#model/receipt.ts'
import type { WeightedRecord } from '#model/record.ts'
import { recordKey, sameRecord, sameRecords, sharesOf } from '#model/record-identity.ts'

type Refused = Extract<ApplyOutcome, { kind: 'refused' }>

/** The hostname's policy, or why nothing of it may be rolled back. */
export function policyToRollBack(
  hostname: string,
  { hostnames }: Pick<Configuration, 'hostnames'>,
): { readonly kind: 'policy'; readonly policy: HostnamePolicy } | Refused {
  const policy = hostnames.find((candidate) => candidate.hostname === hostname)
  if (policy === undefined) return refused(hostname, 'unknown-hostname', 'is not configured')
  if (policy.mode !== 'enforce') return refused(hostname, 'observe', 'is in mode observe, which writes nothing')
  return { kind: 'policy', policy }
}

/** @param observed what stands. @param receipt of the newest write, whose fence counts on even when somebody deleted the TXT record */
export function rollbackPlan(
  request: RollbackRequest,
  { zoneId }: Pick<HostnamePolicy, 'zoneId'>,
  observed: ObservedRecords,
  receipt: Receipt | undefined,
  good: GoodPlan | undefined,
): { readonly kind: 'plan'; readonly plan: Plan } | Refused {
  const wanted = newestOther(good, observed.members)
  if (wanted === undefined)
    return refused(request.hostname, 'nothing-good', 'has no earlier plan that was good and differs from what stands')
  return { kind: 'plan', plan: planOf(request, zoneId, observed, wanted, laterOf(observed.fence, receipt?.fence)) }
}

/** The records of the newest plan that was good and is not what stands. */
export function newestOther(good: GoodPlan | undefined, standing: readonly WeightedRecord[]): readonly WeightedRecord[] | undefined {
  return [good, good?.previous].find((plan) => plan !== undefined && !sameRecords(plan.members, standing))?.members
}

function planOf(
  request: RollbackRequest,
  zoneId: string,
  observed: ObservedRecords,
  wanted: readonly WeightedRecord[],
  last: Fence = { generation: 0, sequence: 0 },
): Plan {
  const reason = { code: 'rollback', sentence: `${request.hostname} rolled back by ${request.author}: ${request.reason}` }
  return {
    hostname: request.hostname,
    zoneId,
    cause: 'rollback',
    observed,
    wanted: [...wanted],
    changes: changesOf(observed.members, wanted, reason),
    fence: { generation: last.generation + 1, sequence: last.sequence + 1 },
    fenceTtlSeconds: observed.fence?.ttlSeconds ?? 60,
    decided: {
      set: heldSetId(request.hostname),
      shares: sharesOf(request.hostname, wanted),
      withheld: [],
      generation: last.generation + 1,
    },
    evidence: {
      zero: [],
      signalsRequired: 0,
      signalsMissing: 0,
      mayServe: Object.keys(sharesOf(request.hostname, wanted)),
    },
    reason,
  }
}

/** What the rollback really changes: the journal shows it, and the guards count it. */
function changesOf(standing: readonly WeightedRecord[], wanted: readonly WeightedRecord[], reason: Reason): RecordChange[] {
  const before = new Map(standing.map((record) => [recordKey(record), record]))
  const kept = new Set(wanted.map(recordKey))
  const written = wanted.map((after) => ({ before: before.get(recordKey(after)), after, reason }))
  return [
    ...written.filter((change) => change.before === undefined || !sameRecord(change.before, change.after)),
    ...standing.filter((record) => !kept.has(recordKey(record))).map((record) => ({ before: record, reason })),
  ]
}

function refused(hostname: string, code: string, why: string): Refused {
  return { kind: 'refused', hostname, refusals: [{ guard: 'rollback', reason: { code, sentence: `${hostname} ${why}` } }] }
}
