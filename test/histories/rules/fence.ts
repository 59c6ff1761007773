// Invariant 9. An older generation or sequence never wins, whoever paused for how long between a check and a write.
import { fenceText, isOlder } from '#model/fence.ts'
import { recordKey, sameRecord } from '#model/record-identity.ts'
import type { Model } from '../world/model.ts'
import type { Rule, Written } from './rule.ts'

export const fence: Rule = {
  name: 'fence',
  written: (written, { model }) => {
    const { run, swap, before, plan } = written
    const { hostname } = swap
    const text = (one: typeof before.fence) => (one === undefined ? 'no fence' : `"${fenceText(one)}"`)
    if (before.fence !== undefined && !isOlder(before.fence, swap.fence.after)) {
      return `${hostname}: ${text(swap.fence.after)} was written over ${text(before.fence)}`
    }
    const remembered = run.remembered.get(hostname)
    if (remembered !== undefined && run.kind === 'tick' && !isOlder(remembered, swap.fence.after))
      return `${hostname}: ${text(swap.fence.after)} was written although the table remembers "${fenceText(remembered)}"`
    const newest = model.writes.get(hostname)?.at(-1)?.fence
    if (newest !== undefined && !model.fencesTouched.has(hostname) && !isOlder(newest, swap.fence.after)) {
      return `${hostname}: ${text(swap.fence.after)} was written after "${fenceText(newest)}" had been`
    }
    if (plan === undefined) return undefined
    // What the plan was made against, and what stood when its batch took effect.
    const planned = plan.observed.fence
    if (planned?.generation !== before.fence?.generation || planned?.sequence !== before.fence?.sequence) {
      return `${hostname}: a plan made against ${text(planned)} took effect although ${text(before.fence)} stood: a late writer has won`
    }
    return unseenOverwrite(written) ?? olderDecision(written, model)
  },
}

/** An exact deletion fails when somebody changed the record; without it a hand's edit is gone and nobody knows. */
function unseenOverwrite({ run, swap, before, after }: Written): string | undefined {
  const known = run.known.get(swap.hostname)?.members ?? []
  for (const record of before.members) {
    const replaced = after.members.find((one) => recordKey(one) === recordKey(record))
    if (replaced !== undefined && sameRecord(replaced, record)) continue
    const seen = known.find((one) => recordKey(one) === recordKey(record))
    if (seen !== undefined && sameRecord(seen, record)) continue
    return `${swap.hostname}: ${record.setIdentifier} (weight ${record.weight}) was replaced unseen: the writer knew ${
      seen === undefined ? 'no such record' : `weight ${seen.weight}`
    }`
  }
  return undefined
}

/** Planning again after a conflict must not let a late decision in by another door. */
function olderDecision({ run, swap, cause }: Written, { writes }: Model): string | undefined {
  const newest = writes.get(swap.hostname)?.at(-1)
  if (newest === undefined || run.kind !== 'tick' || cause === 'rollback' || run.decision >= newest.decision) return undefined
  return `${swap.hostname}: decision ${run.decision} was written over decision ${newest.decision}, which is newer`
}
