// Back to the stable shares: needs no metric, no approval and no other service, from whatever state.
import type { Asked, Canary, CanaryRow, NextState } from '#model/canary.ts'
import type { Reason } from '#model/reason.ts'
import type { Stepped } from './answer.ts'
import type { Facts } from './facts.ts'
import { nameOf, stableShares, withShares } from './shares-at.ts'

/**
 * Restores the stable shares under a new generation, so that whoever planned before cannot write any more; once: an abort may have done it already.
 *
 * Never onto a target that is down: then everything stays where it is, which is the least bad, and somebody is called.
 */
export function restore(
  row: CanaryRow,
  why: Reason,
  { nowSeconds, stableDown }: Pick<Facts, 'nowSeconds' | 'stableDown'>,
  by?: Asked,
): Stepped {
  const { canary } = row
  const abortAsked = by ?? canary.abortAsked
  if (canary.phase === 'rollingBack')
    return { row: { ...row, canary: withAbort(canary, abortAsked, 'Settle') }, next: 'Settle', isWrite: false, news: [] }
  if (stableDown !== undefined) {
    const reason = {
      code: 'no-way-back',
      sentence: `${nameOf(canary.subject, row.hostname)}: ${why.sentence}; no way back: ${stableDown.sentence}`,
    }
    const waiting = { ...canary, reason, tickAt: nowSeconds, next: 'Rollback' as const, phase: 'baking' as const }
    // Tried at each tick, told once.
    const news = canary.reason.code === reason.code ? [] : [reason]
    return { row: { ...row, canary: withAbort(waiting, abortAsked, 'Bake') }, next: 'Bake', isWrite: false, news }
  }
  const reason = { code: 'rolled-back', sentence: `${nameOf(canary.subject, row.hostname)} is rolled back: ${why.sentence}` }
  const restored = withShares(row, stableShares(canary.subject, row), 'rollback', reason, nowSeconds)
  const next: Canary = { ...canary, phase: 'rollingBack', phaseSince: nowSeconds, outcome: 'rolledBack', reason }
  return {
    row: { ...restored, generation: row.generation + 1, canary: withAbort(next, abortAsked, 'Settle') },
    next: 'Settle',
    isWrite: true,
    news: [reason],
  }
}

function withAbort(canary: Canary, abortAsked: Asked | undefined, next: NextState): Canary {
  return { ...canary, ...(abortAsked === undefined ? {} : { abortAsked }), next }
}
