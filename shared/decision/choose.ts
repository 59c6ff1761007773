// From wanted shares to the shares that stand after this tick, in the order of precedence: override, probe down, fail static, signals.
import type { Decision } from '#model/decision.ts'
import type { SetMemory } from '#model/memory.ts'
import type { Policy } from '#model/policy.ts'
import { isDownByCheck, type Member } from './member.ts'
import type { Standing } from './standing.ts'
import type { Target } from './target-shares.ts'
import { velocity } from './velocity.ts'
import { writeGate } from './write-gate.ts'

/** Less than a point behind a red check is not worth a write. */
const SMALL_POINTS = 0.01

export type Choice = {
  readonly isChange: boolean
  readonly cause: Decision['cause']
  readonly shares: readonly number[]
  readonly isVelocityBound: boolean
  readonly tidySince: number | undefined
  readonly removals: SetMemory['removals']
}

export type ChoiceInput = {
  readonly standing: Standing
  /** Undefined when nobody may serve: nothing changes then. */
  readonly target: Target | undefined
  /** Undefined before the first decision. */
  readonly set: SetMemory | undefined
  /** More than half of the required signals are missing. */
  readonly isBlind: boolean
  /** Nobody has looked at the records yet; only before the first decision. */
  readonly isUnseen: boolean
  readonly policy: Policy
  readonly deadSeconds: number
  readonly nowSeconds: number
}

export function choose(input: ChoiceInput): Choice {
  const { standing, target, set, isBlind, isUnseen, policy, deadSeconds, nowSeconds } = input
  const { members, isPanic } = standing
  const before = members.map((member) => member.standing ?? 0)
  const stay = (cause: Decision['cause'], tidySince = set?.tidySince): Choice => ({
    isChange: false,
    cause,
    shares: before,
    isVelocityBound: false,
    tidySince,
    removals: set?.removals,
  })
  const go = (cause: Decision['cause'], shares: readonly number[], rest: Partial<Choice> = {}): Choice => ({
    isChange: true,
    cause,
    shares,
    isVelocityBound: false,
    tidySince: undefined,
    removals: set?.removals,
    ...rest,
  })

  if (set === undefined) {
    const isSeen = members.every(({ reading }) => reading.probe.state !== 'unknown')
    return target !== undefined && isSeen && !isUnseen ? go('initial', target.shares) : stay('initial')
  }
  if (target === undefined) return stay('hold')
  if (isOverrideNews(members, set)) return go('override', target.shares)
  const gate = writeGate({ members, wanted: target.shares, set, isPanic, estimator: policy.estimator, deadSeconds, nowSeconds })
  if (gate.rule === 'down') return go(isPanic ? 'panic' : 'probe', target.shares)
  if (isBlind) return stay('fail-static')
  const isQuiet = nowSeconds - (set.lastWriteAt ?? -Infinity) >= deadSeconds
  if (target.isHeld && !(isQuiet && isWaitingMore(members, target, policy.estimator.band))) return stay('hold', gate.tidySince)
  if (gate.rule === undefined) return stay('signal', gate.tidySince)
  const bound = velocity({
    standing: before,
    wanted: target.shares,
    isRelief: members.some(({ memory }) => memory.isBad),
    set,
    guards: policy.guards,
    deadSeconds,
    nowSeconds,
  })
  if (bound.part <= 0) return stay('signal', gate.tidySince)
  return go('signal', bound.shares, { isVelocityBound: bound.part < 1, removals: [...bound.removals] })
}

/** More waits behind a red check than its records carry: nobody in service is moved by that, and its return will need it. */
function isWaitingMore(members: readonly Member[], { shares }: Target, band: number): boolean {
  return members.some((member, i) => {
    const { standing = 0 } = member
    return isDownByCheck(member) && (shares[i] ?? 0) > Math.max((1 + band) * standing, standing + SMALL_POINTS)
  })
}

/** An operator drained or undrained a provider since the last decision; or a drain had to wait for somebody who may serve. */
function isOverrideNews(members: readonly Member[], set: SetMemory): boolean {
  return members.some((member) => {
    const { name, drain, standing = 0 } = member
    const isKnown = (set.drained ?? []).includes(name)
    return drain === undefined ? isKnown && !isAwaited(member, set) : !isKnown || standing > 0
  })
}

/** Undrained, but nobody has seen its check: it gets its share back when somebody has. */
export function isAwaited({ name, drain, standing = 0, reading }: Member, set: SetMemory | undefined): boolean {
  return drain === undefined && (set?.drained ?? []).includes(name) && standing <= 0 && reading.probe.state === 'unknown'
}
