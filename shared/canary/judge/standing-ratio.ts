// What is tolerated of arms that are split by resolver: how differently they fail with the same version in both.
import type { JudgeMinute } from '#model/judge-minute.ts'
import { DEFAULT_STANDING_RATIO, JudgeSettings } from '#model/judge-settings.ts'
import { countMinute } from './count-minute.ts'
import { logMean } from './log-mean.ts'
import { oddsGain, type Pair } from './odds.ts'

/** Bets on the ratio being these parts of what it is tested to reach. */
const BETS = [0.95, 0.9, 0.8, 0.65, 0.5] as const

/** Nothing above can be told from a broken arm. */
const GREATEST = 100

/**
 * Upper end of the standing ratio of the canary's failures to the control's: the smallest ratio that the history excludes, with a chance of
 * `error` to be too small, however long the history is. Never below 1: an arm that happens to fail less may still fail as often.
 * @param history the same version in both arms, the canary's clients in the canary's
 * @returns the default where the history says less than that
 */
export function standingRatio(history: readonly JudgeMinute[], error = 0.05): { ratio: number; isLearned: boolean } {
  const [metric] = JudgeSettings.parse({}).metrics
  const pairs = history.flatMap((minute) => (metric === undefined ? [] : (countMinute(minute, metric)?.pairs ?? [])))
  const isExcluded = (ratio: number) => evidence(pairs, ratio) >= Math.log(1 / error)
  if (!isExcluded(GREATEST)) return { ratio: DEFAULT_STANDING_RATIO, isLearned: false }
  let [low, high] = [1, GREATEST]
  if (isExcluded(low)) return { ratio: 1, isLearned: true }
  for (let i = 0; i < 50; i++) {
    const middle = Math.sqrt(low * high)
    if (isExcluded(middle)) high = middle
    else low = middle
  }
  return { ratio: high, isLearned: true }
}

/** Against "the canary fails `ratio` times as often, or more". */
function evidence(pairs: readonly Pair[], ratio: number): number {
  return logMean(BETS.map((multiple) => pairs.reduce((sum, pair) => sum + oddsGain(pair, ratio, multiple), 0)))
}
