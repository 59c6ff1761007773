// What the health checks of one endpoint say: Route 53's verdict, since when, and the fraction of checkers behind it.
import type { MetricPoint, MetricQuery } from '#model/metric.ts'
import type { ProbeSignal, Signal } from '#model/signal.ts'
import { type Freshness, signalFromSeries } from './signal-from-series.ts'

/** Route 53 calls an endpoint healthy when more than 18 % of the checkers do (developer guide, "How Route 53 determines whether a health check is healthy"). */
const HEALTHY_ABOVE = 0.18

export type ProbeSeries = {
  readonly endpoint: string
  /** Absent while the endpoint has no health check. */
  readonly status?: Answered | undefined
  readonly checkers?: Answered | undefined
}
type Answered = { readonly query: MetricQuery; readonly points: readonly MetricPoint[] }

/** The verdict is the newest fresh status, or what the fraction of checkers means when the status is missing; neither is unknown. */
export function probeFromSeries({ endpoint, status, checkers }: ProbeSeries, freshness: Freshness): ProbeSignal {
  // A probe is read without lag: its points are verdicts, not counts that others may still add to.
  const prompt = { ...freshness, lagSeconds: 0 }
  const fraction: Signal =
    checkers === undefined
      ? { state: 'missing', why: 'not-configured' }
      : signalFromSeries(checkers.query, checkers.points, prompt, (value) => value >= 0 && value <= 1)
  const verdict = status && newestVerdict(status, freshness)
  if (verdict !== undefined) return { endpoint, fraction, ...verdict }
  if (fraction.state === 'present') {
    const since = fraction.observedAt - fraction.windowSeconds
    return { endpoint, fraction, state: fraction.value > HEALTHY_ABOVE ? 'green' : 'red', since }
  }
  return { endpoint, fraction, state: 'unknown', since: freshness.nowSeconds }
}

function newestVerdict({ query, points }: Answered, freshness: Freshness): Pick<ProbeSignal, 'state' | 'since'> | undefined {
  const oldest = freshness.nowSeconds - freshness.freshnessSeconds
  const newest = points.findLast(({ at, value }) => (value === 0 || value === 1) && at + query.periodSeconds >= oldest)
  return newest && { state: newest.value === 1 ? 'green' : 'red', since: sinceWhen(points, newest.value) }
}

/** Start of the run of equal values at the end of the points. */
function sinceWhen(points: readonly MetricPoint[], value: number): number {
  const lastOther = points.findLastIndex((point) => point.value !== value)
  return points[lastOther + 1]?.at ?? 0
}
