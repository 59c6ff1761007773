// Turns the points of one metric into one signal, or into the fact that it is missing. Missing is never 0.
import type { MetricPoint, MetricQuery } from '#model/metric.ts'
import type { Signal } from '#model/signal.ts'

export type Freshness = {
  readonly nowSeconds: number
  /** A window counts when it ended at least this long ago; before that, publishers may still add to it. */
  readonly lagSeconds: number
  readonly freshnessSeconds: number
}

type MetricWindow = { readonly endSeconds: number; readonly value: number }

/** The closed windows among the points, the newest last. */
export function closedWindows(
  query: MetricQuery,
  points: readonly MetricPoint[],
  { nowSeconds, lagSeconds }: Freshness,
): readonly MetricWindow[] {
  return points
    .map(({ at, value }) => ({ endSeconds: at + query.periodSeconds, value }))
    .filter(({ endSeconds }) => endSeconds <= nowSeconds - lagSeconds)
}

/**
 * The signal at the newest closed window, or at the newest that ended no later than `atMost`.
 * A window whose predecessor is absent while older ones exist is a gap: a publisher that skipped one period may have counted twice in the next.
 * @param isValid what a value of this signal may be, in the signal's unit
 */
export function signalFromSeries(
  query: MetricQuery,
  points: readonly MetricPoint[],
  freshness: Freshness,
  isValid: (value: number) => boolean,
  atMost = Infinity,
): Signal {
  const windows = closedWindows(query, points, freshness)
  const window = windows.findLast(({ endSeconds }) => endSeconds <= atMost)
  if (window === undefined) return { state: 'missing', why: 'none' }
  const end = window.endSeconds
  const missing = (why: 'stale' | 'gap' | 'invalid'): Signal => ({ state: 'missing', why, lastObservedAt: windows.at(-1)?.endSeconds })
  if (freshness.nowSeconds - end > freshness.freshnessSeconds) return missing('stale')
  const isFirst = windows[0] === window
  if (!isFirst && !windows.some(({ endSeconds }) => endSeconds === end - query.periodSeconds)) return missing('gap')
  // A sum is a count; the signals are rates.
  const value = (query.source.stat === 'Sum' ? window.value / query.periodSeconds : window.value) * query.source.scale
  if (!Number.isFinite(value) || !isValid(value)) return missing('invalid')
  return { state: 'present', value, observedAt: end, windowSeconds: query.periodSeconds, samples: 1 }
}
