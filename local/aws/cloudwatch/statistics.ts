// The values of one period: kept as a histogram, so that percentiles can be had, or as a statistic set, of which they cannot.
// Source: CloudWatch user guide, "Statistics definitions"; API reference, MetricDatum (Values, Counts, StatisticValues).

export type Bucket = {
  count: number
  sum: number
  minimum: number
  maximum: number
  /** Value → how often; undefined once a statistic set is among the data. */
  values: Map<number, number> | undefined
}

export function emptyBucket(): Bucket {
  return { count: 0, sum: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY, values: new Map() }
}

export function addValue(bucket: Bucket, value: number, count = 1): void {
  bucket.count += count
  bucket.sum += value * count
  bucket.minimum = Math.min(bucket.minimum, value)
  bucket.maximum = Math.max(bucket.maximum, value)
  bucket.values?.set(value, (bucket.values.get(value) ?? 0) + count)
}

/** Adds `other` to `bucket`: how minutes become longer periods, and a statistic set joins values. */
export function merge(bucket: Bucket, other: Bucket): void {
  bucket.count += other.count
  bucket.sum += other.sum
  bucket.minimum = Math.min(bucket.minimum, other.minimum)
  bucket.maximum = Math.max(bucket.maximum, other.maximum)
  if (other.values === undefined) bucket.values = undefined
  else for (const [value, count] of other.values) bucket.values?.set(value, (bucket.values.get(value) ?? 0) + count)
}

const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/
/** Trimmed count and percentile rank between two values, of which one may be left out; bounds in percent are not known here. */
const WITHIN = /^(TC|PR)\((\d+(?:\.\d{1,10})?)?:(\d+(?:\.\d{1,10})?)?\)$/

export function isStatistic(stat: string): boolean {
  if (['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'].includes(stat) || PERCENTILE.test(stat)) return true
  const [, , above, upTo] = WITHIN.exec(stat) ?? []
  return above !== undefined || upTo !== undefined
}

/** Undefined when the period has no such value: it is empty, or more of statistic sets is asked for than they say. */
export function statistic(bucket: Bucket, stat: string): number | undefined {
  if (bucket.count === 0) return undefined
  switch (stat) {
    case 'Average':
      return bucket.sum / bucket.count
    case 'Sum':
      return bucket.sum
    case 'Minimum':
      return bucket.minimum
    case 'Maximum':
      return bucket.maximum
    case 'SampleCount':
      return bucket.count
    default:
      return WITHIN.test(stat) ? within(bucket, stat) : percentile(bucket, Number(PERCENTILE.exec(stat)?.[1]))
  }
}

/** Exclusive below, inclusive above (user guide, "Statistics definitions", TC and PR); PR says the percent of them. */
function within({ values, count }: Bucket, stat: string): number | undefined {
  if (values === undefined) return undefined
  const [, kind, above = '-Infinity', upTo = 'Infinity'] = WITHIN.exec(stat) ?? []
  const inside = [...values].reduce((sum, [value, times]) => (value > Number(above) && value <= Number(upTo) ? sum + times : sum), 0)
  return kind === 'PR' ? (100 * inside) / count : inside
}

/** The smallest value with at least `percent` of the samples at or below it. */
function percentile({ values, count, minimum, maximum }: Bucket, percent: number): number | undefined {
  // Of a statistic set a percentile can be told only if all its samples are equal (API reference, PutMetricData).
  if (values === undefined) return count === 1 || minimum === maximum ? minimum : undefined
  const wanted = (percent / 100) * count
  let seen = 0
  for (const [value, times] of [...values].sort(([a], [b]) => a - b)) {
    seen += times
    if (seen >= wanted) return value
  }
  return maximum
}
