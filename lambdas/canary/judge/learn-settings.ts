// What has to be known before a canary starts and only its history tells: the latency edges, and how differently two providers fail anyway.
import { armMinutes } from '#canary/arm-minutes.ts'
import { armQueries } from '#canary/arm-queries.ts'
import { withCountable } from '#canary/countable.ts'
import { LATENCY_HISTORY_SECONDS, latencyHistogram, latencyHistoryQueries, wantsEdges, withFrozenEdges } from '#canary/latency-history.ts'
import { nameOf } from '#canary/shares-at.ts'
import { hasStandingHistory, STANDING_HISTORY_SECONDS, withStandingRatio } from '#canary/standing-history.ts'
import type { CanarySubject } from '#model/canary.ts'
import type { Learned } from '#model/canary-order.ts'
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { MetricReader } from '#ports/metric-reader.ts'

/** Asks nothing where nothing is to be learned. */
export async function learnSettings(
  subject: CanarySubject,
  hostname: HostnamePolicy,
  strategy: JudgeSettings,
  configuration: Configuration,
  metrics: MetricReader,
  nowSeconds: number,
): Promise<Learned> {
  const name = nameOf(subject, hostname.hostname)
  const countable = withCountable(subject, strategy, name)
  if ('refused' in countable) return countable
  const judged = countable.settings
  try {
    const histogram = await readLatencies()
    const frozen = withFrozenEdges(judged, histogram, name)
    if ('refused' in frozen) return frozen
    const edges = frozen.edgesSeconds.map((edge) => `${Number((edge * 1000).toPrecision(3))}`).join(', ')
    const tolerated = await readStanding(frozen.settings)
    return {
      settings: tolerated?.settings ?? frozen.settings,
      sentences: [...(edges === '' ? [] : [`latency edges ${edges} ms`]), ...(tolerated === undefined ? [] : [tolerated.sentence])],
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      refused: { code: 'no-history', sentence: `${name}: its history cannot be read: ${why}; start it again when CloudWatch answers` },
    }
  }

  async function readLatencies() {
    if (subject.kind !== 'version' || !wantsEdges(judged)) return undefined
    const queries = latencyHistoryQueries(subject, hostname, configuration)
    return latencyHistogram(await metrics.read(queries, hourBefore(nowSeconds - LATENCY_HISTORY_SECONDS), nextMinute(nowSeconds)))
  }

  async function readStanding(settings: JudgeSettings) {
    if (!hasStandingHistory(subject)) return undefined
    const span = {
      fromSeconds: nowSeconds - STANDING_HISTORY_SECONDS,
      nowSeconds,
      lagSeconds: configuration.policy.timing.metricLagSeconds,
    }
    const queries = armQueries(subject, hostname, configuration, settings)
    const series = await metrics.read(
      queries.map(({ query }) => query),
      Math.floor(span.fromSeconds / 60) * 60,
      nextMinute(nowSeconds),
    )
    return withStandingRatio(settings, armMinutes(queries, series, span, []))
  }
}

function hourBefore(seconds: number): number {
  return Math.floor(seconds / 3600) * 3600
}

function nextMinute(seconds: number): number {
  return Math.ceil(seconds / 60) * 60
}
