// The absolute guard: a canary that fails more often than `guardFailureRatio` fails, unless the control does so, too: common mode.
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { GuardState } from '#model/judge-state.ts'
import { ALTERNATIVES, added, guardGains } from './bets.ts'
import { logMean } from './log-mean.ts'
import { type Pair, ratioGain } from './odds.ts'

/** Undefined without `guardFailureRatio`. */
export function newGuard({ guardFailureRatio }: JudgeSettings): GuardState | undefined {
  const even = ALTERNATIVES.map(() => 0)
  return guardFailureRatio === undefined ? undefined : { canary: even, control: even }
}

/**
 * One minute of the guard.
 *
 * Common mode begins when the canary breaks the guard and the evidence against the control points the same way: a control that is merely
 * slower to reach the limit must not cost the canary its head. It ends when the control is back, by a sequential test of half the
 * guard's ratio against twice, with β. The evidence of both arms then begins anew: what happened in common mode is held against nobody.
 */
export function advanceGuard(guard: GuardState, { canary, control }: Pair, settings: JudgeSettings, minute: number): GuardState {
  const { guardFailureRatio: ratio, alpha, beta } = settings
  if (ratio === undefined) return guard
  if (guard.common !== undefined) {
    const back = Math.max(0, guard.common.back + backGain(control, ratio))
    return back >= Math.log(1 / beta) ? (newGuard(settings) ?? guard) : { ...guard, common: { ...guard.common, back } }
  }
  const next = { canary: added(guard.canary, guardGains(canary, ratio)), control: added(guard.control, guardGains(control, ratio)) }
  const isBroken = logMean(next.canary) >= Math.log(1 / alpha)
  return isBroken && logMean(next.control) > 0 ? { ...next, common: { since: minute, back: 0 } } : next
}

/** Nats for "the control fails half as often as the guard allows" against "twice as often". */
function backGain(control: Pair['control'], ratio: number): number {
  return ratioGain(control, Math.min(2 * ratio, (1 + ratio) / 2), ratio / 2)
}

export function guardEvidence({ canary, control }: GuardState): { canary: number; control: number } {
  return { canary: logMean(canary), control: logMean(control) }
}
