// The write itself: one compare-and-swap, then a receipt, a conflict, or "not now".
import { FORGET_SECONDS } from '#guards/write-fight.ts'
import { fenceText, sameFence } from '#model/fence.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan } from '#model/plan.ts'
import type { Reason } from '#model/reason.ts'
import type { ApplyOutcome, Receipt } from '#model/receipt.ts'
import { sameRecords } from '#model/record-identity.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import { rollbackBatch, undoBatch } from './change-batches.ts'
import { look } from './look.ts'
import type { ApplyPorts } from './ports.ts'
import { newestOther } from './rollback-plan.ts'
import { swapOf } from './swap-of.ts'

/** `plan` has passed the guards against what is `known` of the hostname. */
export async function carryOut(plan: Plan, known: HostnameRecords, ports: ApplyPorts): Promise<ApplyOutcome> {
  const swap = swapOf(plan, known.observed)
  const submittedAt = ports.clock.nowSeconds()
  const outcome = await ports.zone.swap(swap)
  switch (outcome.kind) {
    case 'accepted':
      return applied(plan, known, { swap, changeId: outcome.changeId, submittedAt }, ports)
    case 'conflict':
      return resolve(plan, known, { swap, submittedAt }, outcome.messages, ports)
    case 'throttled': {
      const sentence = `${plan.hostname}: ${outcome.message}; it goes first in the next tick`
      return { kind: 'deferred', hostname: plan.hostname, reason: { code: 'throttled', sentence } }
    }
  }
}

export async function conflict(plan: Plan, observed: ObservedRecords, reason: Reason, ports: ApplyPorts): Promise<ApplyOutcome> {
  await ports.journal.append({ kind: 'conflict', at: ports.clock.nowSeconds(), hostname: plan.hostname, fence: observed.fence, reason })
  return { kind: 'conflict', hostname: plan.hostname, observed, reason }
}

/** DynamoDB: 400 KB an item, and the quotes of a text in JSON are escaped once more (Developer Guide, "Service, account, and table quotas"). */
const MOST_CHARACTERS = 300_000

/** Without an id where its answer was lost. */
type Change = { readonly swap: RecordSwap; readonly changeId?: string; readonly submittedAt: number }

async function applied(plan: Plan, known: HostnameRecords, change: Change, ports: ApplyPorts): Promise<ApplyOutcome> {
  // Stamped after the answer: whoever listed the name before the change took effect must not seem to have looked later.
  const receipt = await remember(plan, known, change, asWritten(plan, ports.clock.nowSeconds()), ports)
  return { kind: 'applied', hostname: plan.hostname, receipt }
}

async function remember(
  plan: Plan,
  known: HostnameRecords,
  { swap, submittedAt, ...id }: Change,
  observed: ObservedRecords,
  ports: ApplyPorts,
): Promise<Receipt> {
  const { hostname, fence, reason, changes, decided } = plan
  const receipt: Receipt = { hostname, ...id, fence, submittedAt, reason, ...(decided === undefined ? {} : { decided }) }
  await ports.records.put({ observed, receipt, isOurs: true, repairs: afterWrite(known, submittedAt) })
  const entry = { kind: 'applied' as const, at: submittedAt, hostname, receipt, changes, undo: undoBatch(swap) }
  const rollback = await wayBack(plan, swap, ports)
  // Some hundred records may fill an item of the table by their changes alone: then the undo is the way back.
  const isTooLong = JSON.stringify({ ...entry, rollback }).length > MOST_CHARACTERS
  await ports.journal.append(rollback === undefined || isTooLong ? entry : { ...entry, rollback })
  return receipt
}

async function wayBack({ hostname, wanted }: Plan, swap: RecordSwap, { goodPlans }: ApplyPorts): Promise<string | undefined> {
  const good = newestOther(await goodPlans.get(hostname), wanted)
  return good === undefined ? undefined : rollbackBatch(swap, wanted, good)
}

/**
 * Whatever the write is for, it counts when somebody else had changed what our last one left; what an earlier tick had no time for, or a
 * deployment replaced, does not. A write over our own keeps the count, so that no correction in between hides a fight.
 */
function afterWrite({ receipt, isOurs, repairs }: HostnameRecords, at: number): HostnameRecords['repairs'] {
  if (receipt === undefined || isOurs === true) return repairs
  const isForgotten = repairs === undefined || at - repairs.lastAt > FORGET_SECONDS
  return { count: isForgotten ? 1 : repairs.count + 1, lastAt: at }
}

function asWritten(plan: Plan, observedAt: number): ObservedRecords {
  const fence = { ...plan.fence, ttlSeconds: plan.fenceTtlSeconds }
  return { hostname: plan.hostname, members: plan.wanted, fence, strangers: [], observedAt }
}

/** The batch did not fit. Either an earlier try of ours went through (a retry after a lost answer), or somebody else wrote. */
async function resolve(
  plan: Plan,
  known: HostnameRecords,
  change: Change,
  messages: readonly string[],
  ports: ApplyPorts,
): Promise<ApplyOutcome> {
  const observed = await look(plan.zoneId, plan.hostname, ports)
  if (sameFence(observed.fence, plan.fence) && sameRecords(observed.members, plan.wanted)) {
    // Unless whoever was answered has written it down: another run with the same plan.
    const { receipt } = (await ports.records.get(plan.hostname)) ?? {}
    if (!sameFence(receipt?.fence, plan.fence)) await remember(plan, known, change, observed, ports)
    return { kind: 'already', hostname: plan.hostname, observed }
  }
  const standing = observed.fence === undefined ? 'no fence' : `"${fenceText(observed.fence)}"`
  const said = messages.length === 0 ? '' : ` (${messages.join('; ')})`
  const sentence = `${plan.hostname}: the records are not what the plan was made against, ${standing} stands${said}`
  return conflict(plan, observed, { code: 'not-as-observed', sentence }, ports)
}
