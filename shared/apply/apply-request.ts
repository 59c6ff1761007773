// Carries out one request: first the changes already made are confirmed, then each hostname on its own, so that one conflict blocks nobody else.
import type { Configuration } from '#model/configuration.ts'
import type { ApplyAnswer, ApplyOutcome, ApplyRequest } from '#model/receipt.ts'
import { applyPlan } from './apply-plan.ts'
import { confirm } from './confirm.ts'
import { look } from './look.ts'
import type { ApplyPorts } from './ports.ts'
import { rollBack } from './roll-back.ts'

/** What does not fit before `deadlineSeconds` (epoch) is deferred and said so; one batch is never cut. */
export async function applyRequest(
  request: ApplyRequest,
  configuration: Configuration,
  deadlineSeconds: number,
  ports: ApplyPorts,
): Promise<ApplyAnswer> {
  const confirmed = await confirm(request.confirm, ports)
  const outcomes: ApplyOutcome[] = []
  for (const rollback of request.rollbacks) outcomes.push(await rollBack(rollback, configuration, ports))
  for (const hostname of request.look) {
    const policy = configuration.hostnames.find((candidate) => candidate.hostname === hostname)
    if (policy === undefined) outcomes.push({ kind: 'refused', hostname, refusals: [notConfigured(hostname)] })
    else outcomes.push({ kind: 'looked', hostname, observed: await look(policy.zoneId, hostname, ports) })
  }
  for (const plan of request.plans) {
    if (ports.clock.nowSeconds() >= deadlineSeconds) outcomes.push(outOfTime(plan.hostname))
    else outcomes.push(await applyPlan(plan, configuration, ports))
  }
  return { outcomes, confirmed }
}

function notConfigured(hostname: string) {
  return { guard: 'configuration', reason: { code: 'unknown-hostname', sentence: `${hostname} is not configured` } }
}

function outOfTime(hostname: string): ApplyOutcome {
  return {
    kind: 'deferred',
    hostname,
    reason: { code: 'out-of-time', sentence: `${hostname}: no time left in this tick; it goes first in the next` },
  }
}
