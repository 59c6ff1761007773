// Finish: what is over leaves the records, and the lock is given back. The canary stays in the row, to be looked at.
import type { Canary, CanaryRow } from '#model/canary.ts'
import type { Stepped } from './answer.ts'
import type { Facts } from './facts.ts'
import { nameOf, promotedShares, withShares } from './shares-at.ts'

export function onFinish(row: CanaryRow, { nowSeconds }: Facts): Stepped {
  const { canary } = row
  const name = nameOf(canary.subject, row.hostname)
  const isPromoted = canary.phase !== 'rollingBack'
  const reason = isPromoted ? { code: 'completed', sentence: `${name} is promoted` } : { code: 'ended', sentence: canary.reason.sentence }
  const ended: Canary = {
    ...canary,
    phase: 'ended',
    phaseSince: nowSeconds,
    outcome: isPromoted ? 'promoted' : 'rolledBack',
    next: 'Done',
    reason,
  }
  if (!isPromoted) return { row: { ...row, canary: ended }, next: 'Done', isWrite: false, news: [reason] }
  const done = withShares(row, promotedShares(canary.subject, row), 'canary', reason, nowSeconds)
  const { subject, strategy } = canary
  const before =
    subject.kind === 'version' && strategy.revertMinutes > 0
      ? { before: { versionShares: { [subject.from]: 1 }, until: nowSeconds + strategy.revertMinutes * 60 } }
      : {}
  return { row: { ...done, ...before, canary: ended }, next: 'Done', isWrite: true, news: [reason] }
}
