// Carries out the plan of one hostname: the guards run again on what is read here, then one compare-and-swap.
import { guard } from '#guards/index.ts'
import type { Configuration } from '#model/configuration.ts'
import { sameFence } from '#model/fence.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import { carryOut, conflict } from './carry-out.ts'
import { contextOf } from './context-of.ts'
import { journalRefusal } from './journal-refusal.ts'
import { look } from './look.ts'
import type { ApplyPorts } from './ports.ts'

/** Never writes what a guard refuses, what was planned against something older than the table knows, or what is only observed. */
export async function applyPlan(plan: Plan, configuration: Configuration, ports: ApplyPorts): Promise<ApplyOutcome> {
  const { hostname } = plan
  const policy = configuration.hostnames.find((candidate) => candidate.hostname === hostname)
  if (policy === undefined || policy.zoneId !== plan.zoneId) {
    return refusedBy('configuration', plan, 'unknown-hostname', `is not configured in zone ${plan.zoneId}`)
  }
  if (policy.mode !== 'enforce') return refusedBy('mode', plan, 'observe', 'is in mode observe, which writes nothing')

  const stored = await ports.records.get(hostname)
  if (stored === undefined) return { kind: 'looked', hostname, observed: await look(policy.zoneId, hostname, ports) }
  if (!isMadeAgainst(plan, stored.observed)) {
    return conflict(plan, stored.observed, { code: 'overtaken', sentence: `${hostname}: somebody wrote after this plan was made` }, ports)
  }
  const guarded = guard(plan, await contextOf(policy, configuration, stored, ports))
  if (guarded.kind === 'refused') {
    await journalRefusal(hostname, guarded.refusals, stored, ports.clock.nowSeconds(), ports)
    return { kind: 'refused', hostname, refusals: [...guarded.refusals] }
  }
  return carryOut(guarded.plan, stored, ports)
}

/** Newer counts as little as older: where a hand has put an earlier fence back, a plan from before that is late as well. */
function isMadeAgainst({ observed: { fence } }: Plan, { fence: standing }: ObservedRecords): boolean {
  return sameFence(fence, standing)
}

function refusedBy(guardName: string, plan: Plan, code: string, why: string): ApplyOutcome {
  return {
    kind: 'refused',
    hostname: plan.hostname,
    refusals: [{ guard: guardName, reason: { code, sentence: `${plan.hostname} ${why}` } }],
  }
}
