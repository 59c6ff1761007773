// Whether a plan carries out a decision or restores what a decision had already written; and by whose order.
import { withheldIn } from '#decision/hold-shares.ts'
import type { Decision } from '#model/decision.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { DecidedShares, Plan } from '#model/plan.ts'
import { isHeldSetId } from '#model/provider-set.ts'
import type { Reason } from '#model/reason.ts'
import type { Receipt } from '#model/receipt.ts'
import type { Split } from '#model/split.ts'

export type ChangeInput = {
  readonly hostname: HostnamePolicy
  readonly decision: Decision
  readonly observed: ObservedRecords
  /** Of the hold, where somebody holds the shares. */
  readonly generation?: number | undefined
  readonly receipt?: Partial<Pick<Receipt, 'decided' | 'submittedAt'>> | undefined
  readonly split?: Split | undefined
}

export type Change = {
  readonly cause: Plan['cause']
  readonly decided: DecidedShares
  /** Why, where it is carried out later than in the tick that decided it, or by the order of a canary. */
  readonly late: Reason | undefined
}

/** Shares that come through JSON and arithmetic differ by this much. */
const SAME = 1e-6

/**
 * A repair restores what the last write carried out. Everything else keeps the cause it was decided for, however many ticks it had to
 * wait: so the guards bind it as they would have, and it is no write fight.
 */
export function changeOf({ hostname, decision, observed, generation, receipt, split }: ChangeInput): Change {
  const { isChange, lastChange } = decision
  const decided: DecidedShares = {
    set: decision.set,
    shares: Object.fromEntries(decision.providers.map(({ provider, share }) => [provider, share])),
    withheld: withheldIn(decision.providers),
    ...(generation === undefined || !isHeldSetId(decision.set) ? {} : { generation }),
    ...(split === undefined ? {} : { splitAt: split.changedAt }),
  }
  const change = (cause: Plan['cause'], late?: Reason): Change => ({ cause, decided, late })
  // What a person decided stays a person's decision, also where nothing stands any more.
  const shift = split !== undefined && !isCarried(split, receipt) ? split : undefined
  if (observed.members.length === 0) {
    if (isChange && decision.cause === 'override') return change('override', shift?.reason)
    return change(shift?.cause === 'rollback' ? 'rollback' : 'initial', shift?.reason)
  }
  // Our newest write did not know of the split: what differs is its doing, and no repair.
  if (shift !== undefined) return change(shift.cause, shift.reason)
  if (isChange) return change(decision.cause)
  const written = receipt?.decided
  if (written === undefined || isSame(written, decided)) return change('repair')
  if (isHeldSetId(written.set) && written.set !== decision.set) return change('override', holdEnded(hostname.hostname))
  return lastChange === undefined ? change('repair') : change(lastChange.cause, lastChange.reason)
}

function isCarried({ changedAt }: Split, receipt: ChangeInput['receipt']): boolean {
  const splitAt = receipt?.decided?.splitAt
  return splitAt === undefined ? changedAt < (receipt?.submittedAt ?? 0) : changedAt <= splitAt
}

function isSame(a: DecidedShares, b: DecidedShares): boolean {
  const names = new Set([...Object.keys(a.shares), ...Object.keys(b.shares)])
  const isAlike = a.set === b.set && a.withheld.join() === b.withheld.join()
  return isAlike && [...names].every((name) => Math.abs((a.shares[name] ?? 0) - (b.shares[name] ?? 0)) < SAME)
}

function holdEnded(hostname: string): Reason {
  return { code: 'hold-ended', sentence: `${hostname}: nobody holds its shares any more; they are again those of its providers` }
}
