// What is bet on: the alternatives of each hypothesis, with equal stakes.
import { type JudgeSettings, maxRatioOf } from '#model/judge-settings.ts'
import type { EdgeState } from '#model/judge-state.ts'
import { oddsGain, type Pair, ratioGain } from './odds.ts'

/** How many times worse a bad version is: δ_k. */
export const ALTERNATIVES = [1.5, 2, 3, 5, 8, 13, 21, 40, 100] as const

/** Below 1, or nothing is left to bet with. */
const MOST_LIKELY_FAILURE = 0.99

/**
 * What the canary is held to in a minute without a control, as at 100 %: bets on a ratio of the two gain next to nothing there. A version above
 * `maxFailureRatio` could not have passed by that, so it is no less than the guard where there is none.
 */
export function limitAlone({ guardFailureRatio, maxFailureRatio }: JudgeSettings): number | undefined {
  return guardFailureRatio ?? maxFailureRatio
}

/** A control of less than this part of the requests is what some resolvers keep, and nothing to compare with. */
const LEAST_CONTROL = 0.05

export function isAlone(canaryRequests: number, controlRequests: number): boolean {
  return controlRequests < LEAST_CONTROL * (canaryRequests + controlRequests)
}

/**
 * Bets that the canary is more than tolerated worse than the control, and, while it is alone, that it fails more often than `limit`. Which of the two is bet on is known before the failures are: the wealth stays one that a good canary cannot expect to gain.
 */
export function worseGains(pair: Pair, { toleratedRatio }: JudgeSettings, limit: number | undefined): number[] {
  if (limit !== undefined && isAlone(pair.canary.requests, pair.control.requests)) return guardGains(pair.canary, limit)
  return ALTERNATIVES.map((multiple) => oddsGain(pair, toleratedRatio, multiple))
}

/**
 * Bets that the canary is fine: less than `maxRatio` times as bad as the control, or, where `maxFailureRatio` is given and the metric
 * is one of failing requests, failing less often than that. Together they win against "as bad as maxRatio and above maxFailureRatio".
 */
export function fineGains(pair: Pair, settings: JudgeSettings, requests: Pair['canary'] | undefined): number[] {
  const { maxFailureRatio } = settings
  const maxRatio = maxRatioOf(settings)
  const relative = [1 / maxRatio, 1 / Math.sqrt(maxRatio)].map((multiple) => oddsGain(pair, maxRatio, multiple))
  if (requests === undefined || maxFailureRatio === undefined) return relative
  return [...relative, ...[0, maxFailureRatio / 4, maxFailureRatio / 2].map((bet) => ratioGain(requests, maxFailureRatio, bet))]
}

/** Bets that an arm fails more often than `ratio`. */
export function guardGains(arm: Pair['canary'], ratio: number): number[] {
  return ALTERNATIVES.map((multiple) => ratioGain(arm, ratio, Math.max(ratio, Math.min(multiple * ratio, MOST_LIKELY_FAILURE))))
}

export function newEdge({ maxFailureRatio }: JudgeSettings, isAbsoluteToo: boolean): EdgeState {
  return {
    worse: ALTERNATIVES.map(() => 0),
    fine: Array.from({ length: isAbsoluteToo && maxFailureRatio !== undefined ? 5 : 2 }, () => 0),
  }
}

/** A bet that lost everything. Finite, because neither JSON nor DynamoDB carries −∞; far below what any bet can lose bit by bit. */
const LOST = -1e12

/** Adds what a minute brought. A lost bet stays lost. */
export function added(logs: readonly number[], gains: readonly number[]): number[] {
  return logs.map((log, i) => (log <= LOST ? LOST : Math.max(LOST, log + (gains[i] ?? 0))))
}
