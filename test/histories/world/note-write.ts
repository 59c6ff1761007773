// Keeps the model's books after a batch took effect.
import { sameRecords } from '#model/record-identity.ts'
import type { Written } from '../rules/rule.ts'
import type { World } from './world.ts'

export function noteWrite({ run, swap, after, plan, cause, inSyncAt }: Written, { model, nowSeconds }: World): void {
  const { hostname } = swap
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
  const editedAt = model.handEdits.get(hostname)?.at(-1) ?? -Infinity
  // What came through apply, from whatever caller, is ours and no fight.
  const isForeign = run.kind !== 'broken-plan' && run.knewAll && editedAt >= (log.at(-2)?.at ?? 0)
  const repairs = model.repairsInARow.get(hostname) ?? []
  model.repairsInARow.set(hostname, cause !== 'repair' ? [] : isForeign ? [...repairs, nowSeconds] : repairs)
}
