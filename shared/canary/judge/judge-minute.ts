// The judge of a canary: what it knew, and one closed minute → what it knows now, and its verdict.
//
// Every number against the canary is an e-process: a wealth that, while the canary is no worse than tolerated, is at most 1 in
// expectation. Their weighted mean is one, too, so looking at it every minute for ever aborts at most α of the good canaries.
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { EdgeState, JudgeState } from '#model/judge-state.ts'
import type { Verdict } from '#model/verdict.ts'
import { advanceMetric, newMetric } from './advance-metric.ts'
import { conclude } from './conclude.ts'
import { countMinute } from './count-minute.ts'
import { advanceGuard, newGuard } from './guard.ts'
import { missingOf } from './missing.ts'
import type { Pair } from './odds.ts'

export type Judged = { readonly state: JudgeState; readonly verdict: Verdict }

/** What the judge knows before the first minute. */
export function newJudgeState(settings: JudgeSettings): JudgeState {
  const guard = newGuard(settings)
  return {
    counted: 0,
    metrics: Object.fromEntries(settings.metrics.map((metric) => [metric.name, newMetric(metric, settings)])),
    ...(guard === undefined ? {} : { guard }),
  }
}

/**
 * Judges one minute. The settings must be those of the first minute for the canary's whole life: the guarantees are theirs.
 *
 * A fail is for ever. Frozen minutes, minutes of common mode, and minutes that are not newer than the last one are not counted; a
 * minute with missing numbers counts for the metrics that have theirs, can fail, and cannot pass.
 */
export function judgeMinute(state: JudgeState, minute: JudgeMinute, settings: JudgeSettings): Judged {
  const isLate = state.minute !== undefined && minute.minute <= state.minute
  const isFrozen = minute.frozen !== undefined
  if (state.failed !== undefined || isLate || isFrozen)
    return conclude(isLate ? state : { ...state, minute: minute.minute }, { minute, settings, isCounted: false, isLate })

  const failures = failurePair(minute, settings)
  const guard =
    state.guard === undefined || failures === undefined ? state.guard : advanceGuard(state.guard, failures, settings, minute.minute)
  // Both ends of common mode are minutes of the incident.
  const isCommon = guard?.common !== undefined || state.guard?.common !== undefined
  const metrics = isCommon ? state.metrics : advanceAll(state, minute, settings)
  const isCounted = !isCommon && settings.metrics.some((metric) => countMinute(minute, metric) !== undefined)
  const next: JudgeState = {
    ...state,
    minute: minute.minute,
    counted: state.counted + (isCounted ? 1 : 0),
    metrics,
    ...(guard === undefined ? {} : { guard }),
  }
  const common = guard?.common ?? state.guard?.common
  return conclude(next, {
    minute,
    settings,
    isCounted,
    missing: missingOf(minute, settings),
    ...(isCommon && common !== undefined ? { commonSince: common.since } : {}),
  })
}

function advanceAll(state: JudgeState, minute: JudgeMinute, settings: JudgeSettings): Record<string, EdgeState[]> {
  return Object.fromEntries(
    settings.metrics.map((metric) => {
      const before = state.metrics[metric.name] ?? newMetric(metric, settings)
      const counted = countMinute(minute, metric)
      return [metric.name, counted === undefined ? before : advanceMetric(before, counted, metric, settings, rawFailures(minute))]
    }),
  )
}

function failurePair(minute: JudgeMinute, { metrics }: JudgeSettings): Pair | undefined {
  const metric = metrics.find(({ kind }) => kind === 'failures')
  return metric === undefined ? undefined : countMinute(minute, metric)?.pairs[0]
}

function rawFailures({ canary }: JudgeMinute): Pair['canary'] | undefined {
  if (canary?.failures === undefined) return undefined
  return { requests: canary.requests, bad: Math.min(canary.failures, canary.requests) }
}
