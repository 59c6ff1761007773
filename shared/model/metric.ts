// A metric to ask CloudWatch for, and the points that came back.
import * as z from 'zod'

export const Stat = z.enum(['Average', 'Sum', 'Minimum', 'Maximum', 'p50', 'p90', 'p95', 'p99'])
export type Stat = z.infer<typeof Stat>

export const Region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as us-east-1')
export type Region = z.infer<typeof Region>

/** Where a signal comes from. With `Sum` the value is divided by the period, so that counts become rates. */
export const MetricSource = z.strictObject({
  namespace: z.string().min(1).max(255).describe('namespace of the metric in CloudWatch'),
  metric: z.string().min(1).max(255).describe('its name'),
  dimensions: z
    .record(z.string().min(1), z.string().min(1))
    .default({})
    .describe('all of its dimensions: CloudWatch finds a metric only by the exact set'),
  stat: Stat.describe('Sum for counts: they become rates; Average for gauges'),
  region: Region.describe('where the metric is; AWS/Route53 is in us-east-1 only'),
  scale: z.number().positive().default(1).describe('the signal is the metric times this: 0.01 for percent, 0.001 for milliseconds'),
})
export type MetricSource = z.infer<typeof MetricSource>

/** Statistics that only counts of latencies are asked for. `TC(0.25:)`: how many values are above 0.25 (see `slowerStat`). */
export type CountStat = 'SampleCount' | `TC(${string}:)`

/**
 * The statistic for "how many took longer than the edge": the trimmed count from the edge, exclusive, to the largest value.
 *
 * Source: CloudWatch user guide, "CloudWatch statistics definitions": TC(0.005:0.030) counts the values above 0.005 up to and with 0.030;
 * a bound without % is a value, has up to 10 decimal places, and one of the two may be left out. GetMetricData takes it as `Stat`.
 */
export function slowerStat(edgeSeconds: number): CountStat {
  return `TC(${edgeSeconds.toFixed(10).replace(/\.?0+$/, '')}:)`
}

/** One query of a tick's batch. `id` names it in the answer. */
export type MetricQuery = {
  readonly id: string
  readonly source: Omit<MetricSource, 'stat'> & { readonly stat: Stat | CountStat }
  readonly periodSeconds: number
}

/** A closed period: `at` is its start in epoch seconds, as CloudWatch labels it. */
export type MetricPoint = { readonly at: number; readonly value: number }

/** The points of one query in rising order of time; empty when CloudWatch has none. */
export type MetricSeries = { readonly id: string; readonly points: readonly MetricPoint[] }
