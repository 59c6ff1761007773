// Rollback: one write that needs no signal and no planner. It restores the last good plan and pins it.
import { guard } from '#guards/index.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Pin } from '#model/override.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyOutcome, RollbackRequest } from '#model/receipt.ts'
import { sharesOf } from '#model/record-identity.ts'
import { carryOut } from './carry-out.ts'
import { contextOf } from './context-of.ts'
import { look } from './look.ts'
import type { ApplyPorts } from './ports.ts'
import { policyToRollBack, rollbackPlan } from './rollback-plan.ts'

/** The pin is stored before the write: if this run dies in between, the next tick writes the same records. */
export async function rollBack(request: RollbackRequest, configuration: Configuration, ports: ApplyPorts): Promise<ApplyOutcome> {
  const { hostname } = request
  const found = policyToRollBack(hostname, configuration)
  if (found.kind === 'refused') return found
  const { policy } = found
  // What stands is read from Route 53 itself: a rollback is rare, and it has to fit the first time.
  const observed = await look(policy.zoneId, hostname, ports)
  const good = await ports.goodPlans.get(hostname)
  const stored = await ports.records.get(hostname)
  const planned = rollbackPlan(request, policy, observed, stored?.receipt, good)
  if (planned.kind === 'refused') return planned

  const guarded = guard(planned.plan, await contextOf(policy, configuration, { ...stored, observed }, ports))
  if (guarded.kind === 'refused') {
    await ports.journal.append({ kind: 'refused', at: ports.clock.nowSeconds(), hostname, refusals: [...guarded.refusals] })
    return { kind: 'refused', hostname, refusals: [...guarded.refusals] }
  }
  await pin(request, planned.plan, ports)
  return carryOut(guarded.plan, { ...stored, observed }, ports)
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
    members: plan.wanted,
    author,
    reason,
    createdAt,
    expiresAt,
  }
  await ports.overrides.put(override)
  await ports.journal.append({ kind: 'override', at: createdAt, hostname, override, action: 'set' })
}
