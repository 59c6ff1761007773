// What the metrics say against a start: counts that nobody publishes, endpoints of the version that are not healthy, an error budget that is spent.
import type { CanarySubject } from '#model/canary.ts'
import type { Configuration } from '#model/configuration.ts'
import { endpointsFor } from '#model/endpoints-for.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { MetricQuery, MetricSeries } from '#model/metric.ts'
import type { Reason } from '#model/reason.ts'
import type { ErrorBudget, Strategy } from '#model/strategy.ts'
import { type ArmCount, type ArmQuery, armQueries, checkQueries } from './arm-queries.ts'
import { nameOf } from './shares-at.ts'

/** A metric that had no data for so long is published by nobody. Some minutes more than the lag of CloudWatch. */
export const PREFLIGHT_SECONDS = 900
const HOUR_SECONDS = 3600
const NEEDED: readonly ArmCount[] = ['requests', 'failures']
/** Besides those, what the strategy judges by: its own counts, and Latency. */
const isLookedAt = (count: ArmCount) => NEEDED.includes(count) || count === 'latencies' || count.startsWith('count ')

export type PreflightQueries = { readonly counts: readonly ArmQuery[]; readonly checks: readonly CheckQuery[] }
export type CheckQuery = { readonly provider: string; readonly endpoint: string; readonly query: MetricQuery }

export function preflightQueries(
  subject: CanarySubject,
  hostname: HostnamePolicy,
  where: Configuration,
  judge: Strategy['judge'],
): PreflightQueries {
  // Where the version is not registered that is the reason, and not that it publishes nothing.
  const isThere = ({ provider, arm }: ArmQuery) =>
    subject.kind === 'provider' ||
    arm === 'control' ||
    where.providers.some((one) => one.name === provider && endpointsFor(hostname, one, subject.version).length > 0)
  return {
    counts: armQueries(subject, hostname, where, judge).filter((one) => isLookedAt(one.count) && isThere(one)),
    checks: subject.kind === 'provider' ? [] : checkQueries(subject.version, hostname, where),
  }
}

/** Both arms publish at every provider, zero where there is no traffic; the version's endpoints are green. What is not known is not ready. */
export function notReady(
  subject: CanarySubject,
  { hostname, providers }: HostnamePolicy,
  { counts, checks }: PreflightQueries,
  series: readonly MetricSeries[],
): Reason[] {
  const name = nameOf(subject, hostname)
  const newest = new Map(series.map(({ id, points }) => [id, points.at(-1)?.value]))
  const isKnown = ({ query }: ArmQuery) => newest.get(query.id) !== undefined
  const hadRequests = ({ provider, arm }: ArmQuery) =>
    counts.some(
      (one) =>
        one.provider === provider &&
        one.arm === arm &&
        one.count === 'requests' &&
        series.some(({ id, points }) => id === one.query.id && points.some(({ value }) => value > 0)),
    )
  const latencies = counts.filter(({ count }) => count === 'latencies')
  // Where no request was made there is no latency; where there is none at all, nobody publishes it, or nobody can tell.
  const isLatencyAnywhere = latencies.some(isKnown)
  const isOwed = (one: ArmQuery) => one.count !== 'latencies' || hadRequests(one) || (one.arm === 'control' && !isLatencyAnywhere)
  const silent = counts.filter((one) => !isKnown(one) && isOwed(one))
  // A version is counted by what agents publish; a provider's signals may be of another kind, or null.
  const uncounted =
    subject.kind === 'version'
      ? []
      : providers.filter(({ provider }) => NEEDED.some((count) => !counts.some((one) => one.provider === provider && one.count === count)))
  const red = checks.filter(({ query }) => newest.get(query.id) !== 1)
  return [
    ...silent.map(({ query: { source } }) => ({
      code: 'no-such-metric',
      sentence: `${name}: ${sourceText(source)} had no data for ${PREFLIGHT_SECONDS / 60} minutes`,
    })),
    ...uncounted.map(({ provider }) => ({
      code: 'not-counted',
      sentence: `${name}: ${provider} has no signals load and errors with stat Sum: only counts can be judged`,
    })),
    ...red.map(({ provider, endpoint, query }) => ({
      code: 'not-ready',
      sentence: `${name}: the health check of ${endpoint} at ${provider} ${newest.get(query.id) === undefined ? 'has said nothing yet' : 'is red'}`,
    })),
  ]
}

function sourceText({ namespace, metric, dimensions }: MetricQuery['source']): string {
  return `${namespace} ${metric} with ${Object.entries(dimensions)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')}`
}

/** Of the whole name, in the minute that had most. */
export function mostRequests(
  { counts }: Pick<PreflightQueries, 'counts'>,
  series: readonly MetricSeries[],
): { requestsPerMinute?: number } {
  const ids = new Set(counts.flatMap(({ count, query }) => (count === 'requests' ? [query.id] : [])))
  const byMinute = Map.groupBy(
    series.flatMap(({ id, points }) => (ids.has(id) ? points : [])),
    ({ at }) => at,
  )
  if (byMinute.size === 0) return {}
  return { requestsPerMinute: Math.max(...[...byMinute.values()].map((points) => points.reduce((sum, { value }) => sum + value, 0))) }
}

/** Counts of the standing arm, hour by hour. */
export function budgetQueries(counts: readonly ArmQuery[]): ArmQuery[] {
  return counts
    .filter(({ arm, count }) => arm === 'control' && NEEDED.includes(count))
    .map((one) => ({ ...one, query: { ...one.query, id: `budget ${one.query.id}`, periodSeconds: HOUR_SECONDS } }))
}

/** Of the hours that `budget` looks at, whole ones; epoch seconds. */
export function budgetFrom({ hours }: ErrorBudget, nowSeconds: number): number {
  return Math.floor(nowSeconds / HOUR_SECONDS - hours) * HOUR_SECONDS
}

/** More has failed already than may fail: a canary risks what is not there. Without a request nothing is spent. */
export function budgetSpent(
  { failureRatio, hours }: ErrorBudget,
  name: string,
  queries: readonly ArmQuery[],
  series: readonly MetricSeries[],
): Reason | undefined {
  const total = (count: ArmCount) => {
    const ids = new Set(queries.filter((one) => one.count === count).map(({ query }) => query.id))
    return series.filter(({ id }) => ids.has(id)).reduce((sum, { points }) => sum + points.reduce((all, { value }) => all + value, 0), 0)
  }
  const [requests, failures] = [total('requests'), total('failures')]
  const allowed = failureRatio * requests
  if (failures <= allowed) return undefined
  const sentence = `${name}: the error budget is spent: ${failures.toFixed(0)} of ${requests.toFixed(0)} requests failed in ${hours} hours, allowed are ${allowed.toFixed(0)}`
  return { code: 'error-budget', sentence }
}
