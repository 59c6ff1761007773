// Carries out one request, each hostname on its own, so that one conflict blocks nobody else.
import type { Configuration } from '#model/configuration.ts'
import type { ApplyAnswer, ApplyOutcome, ApplyRequest } from '#model/receipt.ts'
import { walkZone } from '#ports/dns-zone.ts'
import { applyPlan } from './apply-plan.ts'
import { confirm } from './confirm.ts'
import { keep } from './look.ts'
import type { ApplyPorts } from './ports.ts'
import { rollBack } from './roll-back.ts'

/**
 * What does not fit before `deadlineSeconds` (epoch) is deferred and said so; one batch is never cut. The order is that of urgency: what a person wants back,
 * what is to change, what nobody has looked at, and last whether earlier changes are in sync, which the next tick can ask as well.
 */
export async function applyRequest(
  request: ApplyRequest,
  configuration: Configuration,
  deadlineSeconds: number,
  ports: ApplyPorts,
): Promise<ApplyAnswer> {
  const isOver = () => ports.clock.nowSeconds() >= Math.min(deadlineSeconds, request.deadlineSeconds ?? Number.POSITIVE_INFINITY)
  const outcomes: ApplyOutcome[] = []
  for (const rollback of request.rollbacks) outcomes.push(await rollBack(rollback, configuration, ports))
  for (const plan of request.plans) outcomes.push(isOver() ? outOfTime(plan.hostname) : await applyPlan(plan, configuration, ports))
  outcomes.push(...(await lookAtAll(request.look, configuration, isOver, ports)))
  return { outcomes, confirmed: await confirm(request.confirm, isOver, ports) }
}

async function lookAtAll(
  hostnames: readonly string[],
  configuration: Configuration,
  isOver: () => boolean,
  ports: ApplyPorts,
): Promise<ApplyOutcome[]> {
  const wanted = new Set(hostnames)
  const known = configuration.hostnames.filter(({ hostname }) => wanted.has(hostname))
  const outcomes: ApplyOutcome[] = []
  for (const [zoneId, group] of Map.groupBy(known, (policy) => policy.zoneId)) {
    if (isOver()) break
    for await (const observed of walkZone(
      ports.zone,
      zoneId,
      group.map(({ hostname }) => hostname),
    )) {
      await keep(observed, ports)
      wanted.delete(observed.hostname)
      outcomes.push({ kind: 'looked', hostname: observed.hostname, observed })
      if (isOver()) break
    }
  }
  const isKnown = new Set(known.map(({ hostname }) => hostname))
  const left = [...wanted].map(
    (hostname): ApplyOutcome =>
      isKnown.has(hostname) ? outOfTime(hostname) : { kind: 'refused', hostname, refusals: [notConfigured(hostname)] },
  )
  return [...outcomes, ...left]
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
