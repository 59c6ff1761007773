// The metrics of the account: series by region, namespace, name and dimensions, in buckets of a minute (or a second at high resolution).
// Source: CloudWatch user guide, "CloudWatch concepts" (a metric is its name, namespace and dimensions, all of them; data points of a minute).
import type { Clock } from '#ports/clock.ts'
import { addValue, type Bucket, emptyBucket, merge } from './statistics.ts'

export type MetricIdentity = {
  readonly region: string
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
}

export type Series = MetricIdentity & {
  /** Bucket start in epoch seconds → unit → what was published. */
  readonly buckets: Map<number, Map<string, Bucket>>
  newestAt: number
}

/** One value for one moment, as services publish it. */
export type PublishMetric = (sample: MetricIdentity & { atSeconds: number; value: number; unit: string }) => void

export type MetricStore = {
  add(identity: MetricIdentity, atSeconds: number, unit: string, bucket: Bucket, isHighResolution?: boolean): void
  publish: PublishMetric
  /** What can be read of a series between two times, one bucket per period that has data, rising. `unit` undefined: all units. */
  read(identity: MetricIdentity, fromSeconds: number, toSeconds: number, periodSeconds: number, unit?: string): Map<number, Bucket>
  list(region: string): Series[]
}

/** CloudWatch keeps datapoints of a minute for 15 days; a local run needs hours, so a day is kept and memory stays bounded. */
const KEPT_SECONDS = 24 * 3600

export function createMetricStore(clock: Clock, settings: { readonly publishingLagSeconds: number }): MetricStore {
  const all = new Map<string, Series>()
  let arriving: { readonly visibleAt: number; readonly store: () => void }[] = []

  function arrive(): void {
    if (arriving.length === 0) return
    const now = clock.nowSeconds()
    const due = arriving.filter(({ visibleAt }) => visibleAt <= now)
    arriving = arriving.filter(({ visibleAt }) => visibleAt > now)
    for (const { store } of due) store()
  }

  const store: MetricStore = {
    add(identity, atSeconds, unit, bucket, isHighResolution = false) {
      const put = () => addTo(seriesOf(all, identity), atSeconds - (atSeconds % (isHighResolution ? 1 : 60)), unit, bucket)
      if (settings.publishingLagSeconds <= 0) put()
      else arriving.push({ visibleAt: clock.nowSeconds() + settings.publishingLagSeconds, store: put })
    },
    publish({ atSeconds, value, unit, ...identity }) {
      const bucket = emptyBucket()
      addValue(bucket, value)
      store.add(identity, atSeconds, unit, bucket)
    },
    read(identity, fromSeconds, toSeconds, periodSeconds, unit) {
      arrive()
      const periods = new Map<number, Bucket>()
      const buckets = all.get(keyOf(identity))?.buckets ?? []
      for (const [at, byUnit] of [...buckets].sort(([a], [b]) => a - b)) {
        if (at < fromSeconds || at >= toSeconds) continue
        const start = at - (at % periodSeconds)
        for (const [itsUnit, bucket] of byUnit) {
          if (unit !== undefined && unit !== itsUnit) continue
          const period = periods.get(start) ?? emptyBucket()
          merge(period, bucket)
          periods.set(start, period)
        }
      }
      return periods
    },
    list(region) {
      arrive()
      return [...all.values()].filter((series) => series.region === region)
    },
  }
  return store
}

function addTo(series: Series, at: number, unit: string, bucket: Bucket): void {
  const byUnit = series.buckets.get(at) ?? new Map<string, Bucket>()
  const present = byUnit.get(unit) ?? emptyBucket()
  merge(present, bucket)
  series.buckets.set(at, byUnit.set(unit, present))
  series.newestAt = Math.max(series.newestAt, at)
  for (const old of series.buckets.keys()) {
    if (old >= series.newestAt - KEPT_SECONDS) break
    series.buckets.delete(old)
  }
}

function seriesOf(all: Map<string, Series>, identity: MetricIdentity): Series {
  const key = keyOf(identity)
  const series = all.get(key) ?? { ...identity, buckets: new Map(), newestAt: Number.NEGATIVE_INFINITY }
  all.set(key, series)
  return series
}

/** The order of dimensions does not matter; their number and values do. */
function keyOf({ region, namespace, metric, dimensions }: MetricIdentity): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([region, namespace, metric, sorted])
}
