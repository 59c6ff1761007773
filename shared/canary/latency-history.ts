// What the standing version's requests took before a canary: asked of CloudWatch bound by bound, and frozen into the edges that both arms are held to.
import type { CanarySubject } from '#model/canary.ts'
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { JudgedMetric, JudgeSettings } from '#model/judge-settings.ts'
import { LATENCY_BOUNDS_SECONDS } from '#model/latency-bounds.ts'
import { type MetricQuery, type MetricSeries, slowerStat } from '#model/metric.ts'
import type { Reason } from '#model/reason.ts'
import { versionSource } from './arm-queries.ts'
import { freezeEdges, type Histogram } from './judge/latency-edges.ts'

/** Long enough for a p99 of a quiet service, short enough to be of today's load. */
export const LATENCY_HISTORY_SECONDS = 3 * 3600
const PERIOD_SECONDS = 3600

type LatencyMetric = Extract<JudgedMetric, { kind: 'latency' }>

/** Whether begin has to look for edges. */
export function wantsEdges({ metrics }: JudgeSettings): boolean {
  return metrics.some((metric) => metric.kind === 'latency' && metric.edgesSeconds === undefined)
}

/** Two counts for each provider and bound, less than 500 for four providers: one call of GetMetricData. */
export function latencyHistoryQueries(
  { service, from }: Extract<CanarySubject, { kind: 'version' }>,
  hostname: HostnamePolicy,
  where: Pick<Configuration, 'stage' | 'homeRegion' | 'providers'>,
): MetricQuery[] {
  return hostname.providers.flatMap(({ provider }) => {
    const ask = (what: string, stat: MetricQuery['source']['stat']): MetricQuery => ({
      id: `${what} ${provider}`,
      source: versionSource({ service, version: from }, provider, 'Latency', stat, where),
      periodSeconds: PERIOD_SECONDS,
    })
    return [ask('all', 'SampleCount'), ...LATENCY_BOUNDS_SECONDS.map((bound) => ask(`slower ${bound}`, slowerStat(bound)))]
  })
}

/** Of all providers together. */
export function latencyHistogram(series: readonly MetricSeries[]): Histogram {
  const sumOf = (what: string) =>
    series
      .filter(({ id }) => id.startsWith(`${what} `))
      .flatMap(({ points }) => points)
      .reduce((sum, { value }) => sum + value, 0)
  const slower = LATENCY_BOUNDS_SECONDS.map((bound) => sumOf(`slower ${bound}`))
  const counts = [sumOf('all'), ...slower].map((count, index) => count - (slower[index] ?? 0))
  return { boundsSeconds: LATENCY_BOUNDS_SECONDS, counts }
}

export type Frozen = { readonly settings: JudgeSettings; readonly edgesSeconds: readonly number[] } | { readonly refused: Reason }

/**
 * The settings with the edges of every latency metric that names none.
 *
 * @param history undefined where no metric wants edges
 */
export function withFrozenEdges(settings: JudgeSettings, history: Histogram | undefined, name: string): Frozen {
  const found = settings.metrics.map((metric) => ({ metric, edges: edgesFor(metric, history) }))
  const without = found.find(({ edges }) => edges?.length === 0)
  if (without !== undefined) {
    const why = `the standing version published no Latency in the last ${LATENCY_HISTORY_SECONDS / 3600} hours`
    const mend = 'publish it, give the metric edgesSeconds, or leave it out of the strategy'
    return { refused: { code: 'no-latency', sentence: `${name}: no edges for ${without.metric.name}: ${why}; ${mend}` } }
  }
  const metrics = found.map(({ metric, edges }) => (edges === undefined ? metric : { ...metric, edgesSeconds: edges }))
  return { settings: { ...settings, metrics }, edgesSeconds: [...new Set(found.flatMap(({ edges = [] }) => edges))] }
}

/** Undefined where none are to be found; empty where none could be. */
function edgesFor(metric: JudgedMetric, history: Histogram | undefined): number[] | undefined {
  if (metric.kind !== 'latency' || metric.edgesSeconds !== undefined || history === undefined) return undefined
  return freezeEdges(history, tellingObjective(metric, history))
}

/** An objective that the control keeps always shows who breaks it, but can prove nobody fine: what has to pass cannot have such an edge. */
function tellingObjective({ objectiveSeconds, critical }: LatencyMetric, { boundsSeconds, counts }: Histogram): number | undefined {
  if (objectiveSeconds === undefined || !critical) return objectiveSeconds
  const last = counts.findLastIndex((count) => count > 0)
  return (boundsSeconds[last - 1] ?? 0) >= objectiveSeconds ? objectiveSeconds : undefined
}
