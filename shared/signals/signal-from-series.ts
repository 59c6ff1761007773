// Turns the points of one metric into one signal, or into the fact that it is missing. Missing is never 0.
import type { MetricPoint, MetricQuery } from '#model/metric.ts'
import type { Signal } from '#model/signal.ts'

export type Freshness = {
  readonly nowSeconds: number
  /** A window counts when it ended at least this long ago; before that, publishers may still add to it. */
  readonly lagSeconds: number
  readonly freshnessSeconds: number
}

/** The ends of closed windows among the points, rising, in epoch seconds. */
export function closedEnds(query: MetricQuery, points: readonly MetricPoint[], { nowSeconds, lagSeconds }: Freshness): number[] {
  return points.map((point) => point.at + query.periodSeconds).filter((end) => end <= nowSeconds - lagSeconds)
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
  const ends = closedEnds(query, points, freshness)
  const end = ends.findLast((candidate) => candidate <= atMost)
  const newest = ends.at(-1)
  if (end === undefined || newest === undefined) return { state: 'missing', why: 'none' }
  const missing = (why: 'stale' | 'gap' | 'invalid'): Signal => ({ state: 'missing', why, lastObservedAt: newest })
  if (freshness.nowSeconds - end > freshness.freshnessSeconds) return missing('stale')
  const isFirst = ends[0] === end
  if (!isFirst && !ends.includes(end - query.periodSeconds)) return missing('gap')
  const raw = points.find((point) => point.at + query.periodSeconds === end)?.value ?? Number.NaN
  // A sum is a count; the signals are rates.
  const value = (query.source.stat === 'Sum' ? raw / query.periodSeconds : raw) * query.source.scale
  if (!Number.isFinite(value) || !isValid(value)) return missing('invalid')
  return { state: 'present', value, observedAt: end, windowSeconds: query.periodSeconds, samples: 1 }
}
