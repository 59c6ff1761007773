// Carries out one request, each hostname on its own, so that one conflict or error blocks nobody else.
import type { Configuration } from '#model/configuration.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyAnswer, ApplyOutcome, ApplyRequest } from '#model/receipt.ts'
import { walkZone } from '#ports/dns-zone.ts'
import { applyPlan } from './apply-plan.ts'
import { confirm } from './confirm.ts'
import { failed } from './failed.ts'
import { journalRefusal } from './journal-refusal.ts'
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
  for (const plan of request.plans) outcomes.push(isOver() ? outOfTime(plan.hostname) : await planOrFailure(plan, configuration, ports))
  outcomes.push(...(await lookAtAll(request.look, configuration, isOver, ports)))
  const { confirmed, failures } = await confirm(request.confirm, isOver, ports)
  return { outcomes: [...outcomes, ...failures], confirmed }
}

/** Journalled as a refusal: nothing was written, and this is why. Without a journal there is no going on, so its error is thrown. */
async function planOrFailure(plan: Plan, configuration: Configuration, ports: ApplyPorts): Promise<ApplyOutcome> {
  try {
    return await applyPlan(plan, configuration, ports)
  } catch (error) {
    const outcome = failed(plan.hostname, 'the plan could not be carried out', error)
    const refusals = [{ guard: 'apply', reason: outcome.reason }]
    await journalRefusal(plan.hostname, refusals, await ports.records.get(plan.hostname), ports.clock.nowSeconds(), ports)
    return outcome
  }
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
    const names = group.map(({ hostname }) => hostname)
    try {
      for await (const observed of walkZone(ports.zone, zoneId, names)) {
        await keep(observed, ports)
        wanted.delete(observed.hostname)
        outcomes.push({ kind: 'looked', hostname: observed.hostname, observed })
        if (isOver()) break
      }
    } catch (error) {
      // Those of this zone that were not seen yet; another zone may well answer.
      for (const hostname of names.filter((name) => wanted.delete(name)))
        outcomes.push(failed(hostname, `zone ${zoneId} could not be listed`, error))
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
