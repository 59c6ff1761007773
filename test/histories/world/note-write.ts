// Keeps the model's books after a batch took effect.
import { sameRecords } from '#model/record-identity.ts'
import type { Written } from '../rules/rule.ts'
import type { Model } from './model.ts'
import type { World } from './world.ts'

export function noteWrite(written: Written, { model, nowSeconds }: World): void {
  const { run, swap, after, plan, cause, inSyncAt } = written
  const { hostname } = swap
  if (isOverAnother(written, model)) model.overAnother.set(hostname, [...(model.overAnother.get(hostname) ?? []), nowSeconds])
  if (!run.isAlone) model.unclearWrites.push(nowSeconds)
  model.remembered.add(hostname)
  const log = model.writes.get(hostname) ?? []
  log.push({
    at: nowSeconds,
    inSyncAt,
    fence: swap.fence.after,
    members: after.members,
    cause,
    decision: Math.min(run.decision, model.decision),
  })
  model.writes.set(hostname, log)
  model.fencesTouched.delete(hostname)
  if (plan === undefined || sameRecords(after.members, plan.wanted)) {
    for (const touched of [...model.membersTouched]) if (touched.startsWith(`${hostname} `)) model.membersTouched.delete(touched)
  }
}

/**
 * It replaces what somebody else has made of our last write. Runs that another could have crossed do not count here, though they may for
 * the product; what came through apply, from whatever caller, is ours.
 */
export function isOverAnother({ run, swap, before }: Written, { remembered, writes }: Model): boolean {
  const last = writes.get(swap.hostname)?.at(-1)
  if (run.kind === 'broken-plan' || !run.isAlone || !run.knewAll || last === undefined) return false
  return remembered.has(swap.hostname) && !sameRecords(before.members, last.members)
}
