// Settle: nothing is judged, and no next step is taken, before a change is in sync, caches have let go, and the traffic shows it.
import type { Canary, CanaryRow } from '#model/canary.ts'
import type { Stepped } from './answer.ts'
import type { Facts } from './facts.ts'
import { percentText } from './percent-text.ts'
import { restore } from './restore.ts'
import { notSeen, observedShare, withAsked } from './seen-share.ts'
import { nameOf } from './shares-at.ts'

export function onSettle(before: CanaryRow, facts: Facts): Stepped {
  const row = { ...before, canary: withAsked(before.canary, facts) }
  const { canary } = row
  const { nowSeconds, ttlSeconds, inSyncAt, judged } = facts
  // Capacity may have the weights rewritten each minute: the traffic is looked at since the shares were in sync, not since the last write.
  const wait = (sentence: string) =>
    waiting(inSyncAt === undefined ? row : { ...row, canary: { ...canary, inSyncAt } }, nowSeconds, sentence)
  const isDrained = inSyncAt !== undefined && nowSeconds >= inSyncAt + ttlSeconds
  const isLate = nowSeconds - canary.phaseSince >= canary.strategy.settleMinutes * 60
  if (canary.phase === 'rollingBack') return wayBack(row, facts, isDrained || isLate ? 'Finish' : 'Settle')
  const missing = isDrained ? notSeen(row, facts) : inSyncAt === undefined ? 'the change is not in sync yet' : 'the TTL has not passed yet'
  if (missing === undefined) {
    const phase = canary.phase === 'promoting' ? 'lastBake' : 'baking'
    const share = observedShare(judged)
    const percent = share === undefined ? '' : `: the observed share is ${percentText(share * 100)}`
    const reason = { code: 'settled', sentence: `${nameOf(canary.subject, row.hostname)} has settled${percent}` }
    const seen = { ...canary, phase, phaseSince: nowSeconds, stepSince: nowSeconds, tickAt: nowSeconds, next: 'Bake', reason } as const
    const canaryNow: Canary = share === undefined ? seen : { ...seen, observedShare: share }
    return { row: { ...row, canary: canaryNow }, next: 'Bake', isWrite: false, news: [] }
  }
  if (isLate) return restore(row, { code: 'not-settled', sentence: `after ${canary.strategy.settleMinutes} minutes ${missing}` }, facts)
  return wait(missing)
}

/**
 * The way back waits for nobody: of a change that is not in sync in time the schedule takes care. Whoever looks sees why it went back, and
 * somebody is called when the stable side goes down meanwhile; what went back does not return for that.
 */
function wayBack(row: CanaryRow, { nowSeconds, stableDown, inSyncAt }: Facts, next: 'Settle' | 'Finish'): Stepped {
  const canary = inSyncAt === undefined ? row.canary : { ...row.canary, inSyncAt }
  const isNews = stableDown !== undefined && canary.reason.code !== 'stable-down'
  const reason = isNews ? { code: 'stable-down', sentence: `${canary.reason.sentence}; since then ${stableDown.sentence}` } : canary.reason
  return { row: { ...row, canary: { ...canary, reason, tickAt: nowSeconds, next } }, next, isWrite: false, news: isNews ? [reason] : [] }
}

function waiting(row: CanaryRow, nowSeconds: number, missing: string): Stepped {
  const { canary } = row
  const reason = { code: 'settling', sentence: `${nameOf(canary.subject, row.hostname)} settles: ${missing}` }
  return { row: { ...row, canary: { ...canary, tickAt: nowSeconds, next: 'Settle', reason } }, next: 'Settle', isWrite: false, news: [] }
}
