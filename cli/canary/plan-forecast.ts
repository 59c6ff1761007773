// The forecast of a canary, step by step: when a good version passes, when a bad one is found, what that costs, and how long it all takes.
import { type Forecast, forecastVerdict } from '#canary/judge/forecast.ts'
import { longestMinutes, shortestMinutes } from '#canary/plan-minutes.ts'
import { table } from '#cli/text/table.ts'
import { percentsOf, type Strategy } from '#model/strategy.ts'

export type StepForecast = Forecast & { readonly percent: number; readonly requestsPerMinute: number }
export type PlanForecast = {
  readonly steps: readonly StepForecast[]
  readonly failureRatio: number
  /** Of a version that fails no more often: with the least dwell at each step, a pass at the last, and the bake. Settling not counted. */
  readonly goodMinutes: number
  /** The longest that it may last by its strategy. */
  readonly longestMinutes: number
}

/** 100 % has no control beside it: a step of 99 % stands for it. */
const MOST_SHARE = 0.99

export function forecastOf(strategy: Strategy, requestsPerMinute: number, failureRatio: number): PlanForecast {
  const steps = percentsOf(strategy.steps).map((percent) => {
    const share = Math.min(MOST_SHARE, percent / 100)
    const forecast = forecastVerdict(strategy.judge, { requestsPerMinute, share, baseFailureRatio: failureRatio })
    return { ...forecast, percent, requestsPerMinute: requestsPerMinute * share }
  })
  const passes = steps.at(-1)?.passMinutes ?? Number.POSITIVE_INFINITY
  return {
    ...{ steps, failureRatio },
    goodMinutes: shortestMinutes(strategy) + Math.max(0, passes - strategy.minDwellMinutes),
    longestMinutes: longestMinutes(strategy),
  }
}

export function forecastLines({ steps, goodMinutes, longestMinutes, failureRatio }: PlanForecast): string[] {
  const ratios = steps[0]?.fail.map(({ ratio }) => ratio) ?? []
  const columns = [
    { title: 'STEP', align: 'right' },
    { title: 'REQUESTS/MIN', align: 'right' },
    { title: 'PASSES AFTER', align: 'right' },
    ...ratios.map((ratio) => ({ title: `×${ratio} FOUND AFTER (BAD REQUESTS)`, align: 'right' as const })),
  ] as const
  const rows = steps.map(({ percent, requestsPerMinute, passMinutes, fail }) => [
    `${percent} %`,
    requestsPerMinute.toFixed(0),
    minutesText(passMinutes),
    ...fail.map(({ ratio, minutes }) => `${minutesText(minutes)} (${badText(requestsPerMinute * failureRatio * (ratio - 1) * minutes)})`),
  ])
  return [
    ...table(columns, rows),
    `A good version takes about ${minutesText(goodMinutes)} and the time to settle; by its strategy at most ${minutesText(longestMinutes)}.`,
  ]
}

function minutesText(minutes: number): string {
  if (!Number.isFinite(minutes)) return 'never'
  return minutes < 120 ? `${Math.ceil(minutes)} min` : `${(minutes / 60).toFixed(1)} h`
}

/** More than would have failed anyway. */
function badText(requests: number): string {
  return Number.isFinite(requests) ? Math.ceil(requests).toString() : '–'
}
