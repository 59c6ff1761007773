// How long the verdict on a canary in flight will take: the forecast of a start, with the traffic and failures of the newest counted minute.
import type { Canary } from '#model/canary.ts'
import { forecastVerdict } from './judge/forecast.ts'

/** Minutes from now at the share that is seen; undefined where it never comes. */
export type TimeToVerdict = {
  /** Until a pass, should it fail as often as the control. */
  readonly passMinutes: number | undefined
  /** Until a fail, should it fail `ratio` times as often. */
  readonly failMinutes: number | undefined
  readonly ratio: number
}

const RATIO = 4

/** Undefined while nothing is counted, and when the verdict is there. */
export function timeToVerdict({ phase, still, strategy, verdict }: Canary): TimeToVerdict | undefined {
  if (phase !== 'baking' || still !== undefined || verdict?.isCounted !== true || verdict.verdict === 'fail') return undefined
  const { canary, control, share } = verdict
  if (canary === undefined || control === undefined || share === undefined || share <= 0 || share >= 1) return undefined
  const forecast = forecastVerdict(strategy.judge, {
    requestsPerMinute: canary.requests + control.requests,
    share,
    // A minute without a failure does not say that none ever fails (Jeffreys' estimate).
    baseFailureRatio: ((control.failures ?? 0) + 0.5) / (control.requests + 1),
  })
  const fails = forecast.fail.find(({ ratio }) => ratio === RATIO)?.minutes ?? Number.POSITIVE_INFINITY
  return {
    passMinutes: verdict.verdict === 'pass' ? 0 : left(forecast.passMinutes, verdict.passLogE, verdict.passLimit),
    failMinutes: left(fails, verdict.logE, verdict.limit),
    ratio: RATIO,
  }
}

/** Evidence grows evenly: what is there already is saved, what was lost comes on top. */
function left(minutes: number, logE: number, limit: number): number | undefined {
  return Number.isFinite(minutes) ? Math.max(0, minutes * (1 - logE / limit)) : undefined
}
