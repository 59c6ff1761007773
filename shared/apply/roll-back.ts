// Rollback: one write that needs no signal and no planner. It restores the last good plan and pins it.
import { guard } from '#guards/index.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Pin } from '#model/override.ts'
import type { Plan, Refusal } from '#model/plan.ts'
import type { ApplyOutcome, RollbackRequest } from '#model/receipt.ts'
import { sharesOf } from '#model/record-identity.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import { carryOut } from './carry-out.ts'
import { contextOf } from './context-of.ts'
import { failed } from './failed.ts'
import { look } from './look.ts'
import type { ApplyPorts } from './ports.ts'
import { policyToRollBack, rollbackPlan } from './rollback-plan.ts'

type Refused = Extract<ApplyOutcome, { kind: 'refused' }>
type Pinned = { readonly kind: 'pinned'; readonly plan: Plan; readonly known: HostnameRecords }

/**
 * The pin is stored before the write: if this run dies in between, the next tick writes the same records. An error before that is a refusal, because
 * nobody will try again; one after it is a failure, because the next tick does.
 */
export async function rollBack(request: RollbackRequest, configuration: Configuration, ports: ApplyPorts): Promise<ApplyOutcome> {
  const { hostname } = request
  const pinned = await pinGood(request, configuration, ports).catch((error) => {
    const { reason } = failed(hostname, 'nothing was pinned or written', error)
    return refusedBy([{ guard: 'apply', reason }], hostname, ports)
  })
  if (pinned.kind === 'refused') return pinned
  try {
    return await carryOut(pinned.plan, pinned.known, ports)
  } catch (error) {
    const outcome = failed(hostname, 'the rollback is pinned and could not be written', error)
    await refusedBy([{ guard: 'apply', reason: outcome.reason }], hostname, ports)
    return outcome
  }
}

async function pinGood(request: RollbackRequest, configuration: Configuration, ports: ApplyPorts): Promise<Pinned | Refused> {
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

  const known = { ...stored, observed }
  const guarded = guard(planned.plan, await contextOf(policy, configuration, known, ports))
  if (guarded.kind === 'refused') return refusedBy([...guarded.refusals], hostname, ports)
  await pin(request, planned.plan, ports)
  return { kind: 'pinned', plan: guarded.plan, known }
}

async function refusedBy(refusals: Refusal[], hostname: string, { journal, clock }: ApplyPorts): Promise<Refused> {
  await journal.append({ kind: 'refused', at: clock.nowSeconds(), hostname, refusals })
  return { kind: 'refused', hostname, refusals }
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
