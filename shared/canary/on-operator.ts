// What a person, or the end of an execution, says while a canary is in flight. Abort restores the stable shares itself, at once.
import type { Asked, Canary, CanaryRow } from '#model/canary.ts'
import type { CANARY_ACTIONS } from '#model/canary-order.ts'
import type { Reason } from '#model/reason.ts'
import type { Stepped } from './answer.ts'
import type { Facts } from './facts.ts'
import { restore } from './restore.ts'
import { nameOf, withShares } from './shares-at.ts'

export type CanaryAction = (typeof CANARY_ACTIONS)[number]

/** `died`: the execution ended without its last state; nobody else will finish what it began. */
export function onOperator(row: CanaryRow, action: CanaryAction, by: Asked, facts: Pick<Facts, 'nowSeconds' | 'stableDown'>): Stepped {
  const { canary } = row
  const { held: _held, ...free } = canary
  const noted = (next: Canary, code: string, what: string): Stepped => {
    const reason: Reason = { code, sentence: `${nameOf(canary.subject, row.hostname)}: ${what} by ${by.author}: ${by.reason}` }
    return { row: { ...row, canary: { ...next, reason } }, next: canary.next, isWrite: false, news: [reason] }
  }
  switch (action) {
    case 'approve':
      return noted({ ...free, approved: [...new Set([...canary.approved, canary.step])] }, 'approved', 'approved')
    case 'hold':
      return noted({ ...canary, held: by }, 'held', 'held')
    case 'resume':
      return noted(free, 'resumed', 'resumed')
    case 'promote':
      return noted({ ...free, promoteAsked: by }, 'promote', 'promotion asked for')
    case 'abort':
      return restore(row, { code: 'aborted', sentence: `aborted by ${by.author}: ${by.reason}` }, facts, by)
    case 'revert':
      return revert(row, by, facts)
    case 'died': {
      const stepped = restore(row, { code: 'died', sentence: by.reason }, facts)
      const { canary: restored } = stepped.row
      if (restored?.phase !== 'rollingBack') return stepped
      // No task of the machine comes any more: this is its last.
      return {
        ...stepped,
        row: { ...stepped.row, canary: { ...restored, phase: 'ended', phaseSince: facts.nowSeconds, next: 'Done' } },
        next: 'Done',
      }
    }
  }
}

/** After a promotion, for as long as the version before is kept: one change back to it, under a new generation. Never onto one that is down. */
function revert(row: CanaryRow, by: Asked, { nowSeconds, stableDown }: Pick<Facts, 'nowSeconds' | 'stableDown'>): Stepped {
  const { canary, before: kept, ...rest } = row
  const name = nameOf(canary.subject, row.hostname)
  if (kept === undefined || stableDown !== undefined) {
    const reason = { code: 'no-way-back', sentence: `${name}: not reverted: ${stableDown?.sentence ?? 'nothing is kept to go back to'}` }
    return { row, next: 'Done', isWrite: false, news: [reason], refused: reason }
  }
  const reason = { code: 'reverted', sentence: `${name} is reverted by ${by.author}: ${by.reason}` }
  const shares = { versionShares: kept.versionShares, providerParts: row.providerParts }
  const reverted = withShares({ ...rest, canary: { ...canary, outcome: 'rolledBack', reason } }, shares, 'rollback', reason, nowSeconds)
  return { row: { ...reverted, generation: row.generation + 1 }, next: 'Done', isWrite: true, news: [reason] }
}
