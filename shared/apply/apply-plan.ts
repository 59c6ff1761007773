// Carries out the plan of one hostname: guards on what is read here, one compare-and-swap, a receipt.

import { guard } from '#guards/index.ts'
import type { Configuration } from '#model/configuration.ts'
import { fenceText, isOlder } from '#model/fence.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan } from '#model/plan.ts'
import type { Reason } from '#model/reason.ts'
import type { ApplyOutcome, Receipt } from '#model/receipt.ts'
import { sameRecords } from '#model/record-identity.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'
import { look } from './look.ts'
import type { ApplyPorts } from './ports.ts'
import { swapOf } from './swap-of.ts'
import { undoBatch } from './undo-batch.ts'

/** Never writes what a guard refuses, what was planned against something older than the table knows, or what is only observed. */
export async function applyPlan(plan: Plan, configuration: Configuration, ports: ApplyPorts): Promise<ApplyOutcome> {
  const policy = configuration.hostnames.find(({ hostname }) => hostname === plan.hostname)
  if (policy === undefined || policy.zoneId !== plan.zoneId)
    return refusedBy('configuration', plan, 'unknown-hostname', `is not configured in zone ${plan.zoneId}`)
  if (policy.mode !== 'enforce') return refusedBy('mode', plan, 'observe', 'is in mode observe, which writes nothing')

  const stored = (await ports.records.get(plan.hostname))?.observed
  if (stored === undefined) return { kind: 'looked', hostname: plan.hostname, observed: await look(policy.zoneId, plan.hostname, ports) }
  if (isBehind(plan, stored))
    return conflict(plan, stored, { code: 'overtaken', sentence: `${plan.hostname}: somebody wrote after this plan was made` }, ports)

  const guarded = guard(plan, {
    hostname: policy,
    providers: configuration.providers,
    policy: configuration.policy.guards,
    observed: stored,
  })
  if (guarded.kind === 'refused') {
    await ports.journal.append({ kind: 'refused', at: ports.clock.nowSeconds(), hostname: plan.hostname, refusals: [...guarded.refusals] })
    return { kind: 'refused', hostname: plan.hostname, refusals: [...guarded.refusals] }
  }
  const swap = swapOf(guarded.plan, stored)
  const submittedAt = ports.clock.nowSeconds()
  const outcome = await ports.zone.swap(swap)
  switch (outcome.kind) {
    case 'accepted':
      return applied(guarded.plan, swap, outcome.changeId, submittedAt, ports)
    case 'conflict':
      return resolve(guarded.plan, outcome.messages, ports)
    case 'throttled':
      return {
        kind: 'deferred',
        hostname: plan.hostname,
        reason: { code: 'throttled', sentence: `${plan.hostname}: ${outcome.message}; it goes first in the next tick` },
      }
  }
}

function isBehind(plan: Plan, stored: ObservedRecords): boolean {
  if (stored.fence === undefined) return plan.observed.fence !== undefined
  return plan.observed.fence === undefined || isOlder(plan.observed.fence, stored.fence)
}

async function applied(plan: Plan, swap: RecordSwap, changeId: string, submittedAt: number, ports: ApplyPorts): Promise<ApplyOutcome> {
  const receipt: Receipt = { hostname: plan.hostname, changeId, fence: plan.fence, submittedAt, reason: plan.reason }
  await ports.records.put({ observed: asWritten(plan, submittedAt), receipt })
  await ports.journal.append({
    kind: 'applied',
    at: submittedAt,
    hostname: plan.hostname,
    receipt,
    changes: plan.changes,
    undo: undoBatch(swap),
  })
  return { kind: 'applied', hostname: plan.hostname, receipt }
}

function asWritten(plan: Plan, observedAt: number): ObservedRecords {
  return {
    hostname: plan.hostname,
    members: plan.wanted,
    fence: { ...plan.fence, ttlSeconds: plan.fenceTtlSeconds },
    strangers: [],
    observedAt,
  }
}

/** The batch did not fit. Either an earlier try of ours went through (a retry after a lost answer), or somebody else wrote. */
async function resolve(plan: Plan, messages: readonly string[], ports: ApplyPorts): Promise<ApplyOutcome> {
  const observed = await look(plan.zoneId, plan.hostname, ports)
  const isOurs = observed.fence?.generation === plan.fence.generation && observed.fence.sequence === plan.fence.sequence
  if (isOurs && sameRecords(observed.members, plan.wanted)) return { kind: 'already', hostname: plan.hostname, observed }
  const standing = observed.fence === undefined ? 'no fence' : `"${fenceText(observed.fence)}"`
  const said = messages.length === 0 ? '' : ` (${messages.join('; ')})`
  return conflict(
    plan,
    observed,
    {
      code: 'not-as-observed',
      sentence: `${plan.hostname}: the records are not what the plan was made against, ${standing} stands${said}`,
    },
    ports,
  )
}

async function conflict(plan: Plan, observed: ObservedRecords, reason: Reason, ports: ApplyPorts): Promise<ApplyOutcome> {
  await ports.journal.append({ kind: 'conflict', at: ports.clock.nowSeconds(), hostname: plan.hostname, fence: observed.fence, reason })
  return { kind: 'conflict', hostname: plan.hostname, observed, reason }
}

function refusedBy(guardName: string, plan: Plan, code: string, why: string): ApplyOutcome {
  return {
    kind: 'refused',
    hostname: plan.hostname,
    refusals: [{ guard: guardName, reason: { code, sentence: `${plan.hostname} ${why}` } }],
  }
}
