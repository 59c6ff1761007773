// Rollback: one write that needs no signal and no planner. It restores the last good plan and pins it.
import { guard } from '#guards/index.ts'
import type { Configuration } from '#model/configuration.ts'
import { type Fence, laterOf } from '#model/fence.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Pin } from '#model/override.ts'
import type { Plan, RecordChange } from '#model/plan.ts'
import { heldSetId } from '#model/provider-set.ts'
import type { Reason } from '#model/reason.ts'
import type { ApplyOutcome, RollbackRequest } from '#model/receipt.ts'
import type { WeightedRecord } from '#model/record.ts'
import { recordKey, sameRecord, sameRecords, sharesOf } from '#model/record-identity.ts'
import { carryOut } from './carry-out.ts'
import { contextOf } from './context-of.ts'
import { look } from './look.ts'
import type { ApplyPorts } from './ports.ts'

/** The pin is stored before the write: if this run dies in between, the next tick writes the same shares. */
export async function rollBack(request: RollbackRequest, configuration: Configuration, ports: ApplyPorts): Promise<ApplyOutcome> {
  const { hostname } = request
  const policy = configuration.hostnames.find((candidate) => candidate.hostname === hostname)
  if (policy === undefined) return refused(hostname, 'unknown-hostname', 'is not configured')
  if (policy.mode !== 'enforce') return refused(hostname, 'observe', 'is in mode observe, which writes nothing')
  // What stands is read from Route 53 itself: a rollback is rare, and it has to fit the first time.
  const observed = await look(policy.zoneId, hostname, ports)
  const good = newestOther(await ports.goodPlans.get(hostname), observed)
  if (good === undefined) return refused(hostname, 'nothing-good', 'has no earlier plan that was good and differs from what stands')

  const receipt = (await ports.records.get(hostname))?.receipt
  const plan = planOf(request, policy.zoneId, observed, good, laterOf(observed.fence, receipt?.fence))
  const guarded = guard(plan, await contextOf(policy, configuration, { observed, receipt }, ports))
  if (guarded.kind === 'refused') {
    await ports.journal.append({ kind: 'refused', at: ports.clock.nowSeconds(), hostname, refusals: [...guarded.refusals] })
    return { kind: 'refused', hostname, refusals: [...guarded.refusals] }
  }
  await pin(request, plan, ports)
  return carryOut(guarded.plan, observed, ports)
}

function newestOther(good: GoodPlan | undefined, observed: ObservedRecords): readonly WeightedRecord[] | undefined {
  return [good, good?.previous].find((plan) => plan !== undefined && !sameRecords(plan.members, observed.members))?.members
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

async function pin({ hostname, author, reason, expiresAt }: RollbackRequest, plan: Plan, ports: ApplyPorts): Promise<void> {
  const createdAt = ports.clock.nowSeconds()
  const shares = sharesOf(hostname, plan.wanted)
  const override: Pin = {
    kind: 'pin',
    hostname,
    shares,
    generation: plan.fence.generation,
    isRollback: true,
    author,
    reason,
    createdAt,
    expiresAt,
  }
  await ports.overrides.put(override)
  await ports.journal.append({ kind: 'override', at: createdAt, hostname, override, action: 'set' })
}

function refused(hostname: string, code: string, why: string): ApplyOutcome {
  return { kind: 'refused', hostname, refusals: [{ guard: 'rollback', reason: { code, sentence: `${hostname} ${why}` } }] }
}
