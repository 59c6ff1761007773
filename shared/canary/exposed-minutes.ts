// What failed at a canary since it was last counted, by every minute and provider that is known of; and what nobody knows.
import type { MetricSeries } from '#model/metric.ts'
import { type ArmQuery, MINUTE_SECONDS } from './arm-queries.ts'

export type Exposed = {
  readonly exposed: number
  /** End of the last minute that is known; absent where none is. What comes after it is asked for again. */
  readonly exposedUntil?: number
  /** Before that: minutes in which a provider was silent, and requests of which nobody knows how many failed. */
  readonly unseen: { readonly minutes: number; readonly requests: number }
  /** The most requests of a minute, both arms together. */
  readonly mostRequests: number
}

/** @param closedUntil epoch seconds; minutes that end later are not to be read yet */
export function exposedMinutes(
  queries: readonly ArmQuery[],
  series: readonly MetricSeries[],
  exposedFrom: number,
  closedUntil: number,
): Exposed {
  const points = new Map(series.map((one) => [one.id, new Map(one.points.map(({ at, value }) => [at, value]))]))
  const requested = queries.filter(({ count }) => count === 'requests')
  const failed = queries.filter(({ arm, count }) => arm === 'canary' && count === 'failures')
  const countOf = ({ query }: ArmQuery, minute: number) => points.get(query.id)?.get(minute)
  let [exposed, mostRequests, minutes, requests, silent] = [0, 0, 0, 0, 0]
  let exposedUntil: number | undefined
  const first = Math.floor(exposedFrom / MINUTE_SECONDS) * MINUTE_SECONDS
  for (let minute = first; minute + MINUTE_SECONDS <= closedUntil; minute += MINUTE_SECONDS) {
    mostRequests = Math.max(
      mostRequests,
      requested.reduce((sum, one) => sum + (countOf(one, minute) ?? 0), 0),
    )
    const own = requested.filter(({ arm }) => arm === 'canary')
    const known = own.filter((one) => countOf(one, minute) !== undefined)
    if (known.length === 0) {
      silent++
      continue
    }
    // A minute that stayed silent until a later one is known will not be heard of any more.
    minutes += silent + (known.length < own.length ? 1 : 0)
    silent = 0
    exposedUntil = minute + MINUTE_SECONDS
    for (const one of known) {
      const failures = failed.find(({ provider }) => provider === one.provider)
      const count = failures === undefined ? undefined : countOf(failures, minute)
      if (count === undefined) requests += countOf(one, minute) ?? 0
      exposed += count ?? 0
    }
  }
  return { exposed, unseen: { minutes, requests }, mostRequests, ...(exposedUntil === undefined ? {} : { exposedUntil }) }
}
