// A newer version beside one that is still in flight: which of the two gives way, and how long the newer one waits for it. Never both at once.
import { type ControlRow, isInFlight } from '#model/canary.ts'
import type { Reason } from '#model/reason.ts'
import type { Wish } from './begin-facts.ts'
import { nameOf, stableShares } from './shares-at.ts'

/** Beyond the time in which a way back settles: the ticks of the other machine until it has ended. */
const PATIENCE_MINUTES = 10

/** The row as it stands once what is in flight has gone back. */
export function afterRollback(row: ControlRow | undefined): ControlRow | undefined {
  return isInFlight(row) ? { ...row, ...stableShares(row.canary.subject, row) } : row
}

/**
 * Whether the start makes the canary in flight go back first. Both are versions, the strategy in flight says so, and whoever asked later is the newer one:
 * of two that wait for the same end, or come by in the wrong order, the older one is refused.
 */
export function supersedes({ canary }: ControlRow, wish: Wish, askedAt: number): boolean {
  return (
    canary?.subject.kind === 'version' &&
    wish.kind === 'version' &&
    wish.version !== canary.subject.version &&
    canary.strategy.onSupersede === 'rollbackFirst' &&
    askedAt > canary.by.at
  )
}

/** Why the newer one waits no longer; undefined while it does. What cannot go back, because its target is down, is not waited for without end. */
export function waitedTooLong({ canary, hostname }: ControlRow, askedAt: number, nowSeconds: number): Reason | undefined {
  if (canary === undefined) return undefined
  const mostMinutes = canary.strategy.settleMinutes + PATIENCE_MINUTES
  if (nowSeconds - askedAt < mostMinutes * 60) return undefined
  const sentence = `${nameOf(canary.subject, hostname)} has not gone back within ${mostMinutes} minutes: ${canary.reason.sentence}`
  return { code: 'not-superseded', sentence }
}
