// Reads what both arms did since the last judged minute and judges minute by minute. It stores nothing and changes nothing.
import { alarmReasons } from '#canary/alarm-guard.ts'
import { armMinutes } from '#canary/arm-minutes.ts'
import { armQueries, stableCheckQueries } from '#canary/arm-queries.ts'
import { exposedMinutes } from '#canary/exposed-minutes.ts'
import { judgeMinute } from '#canary/judge/judge-minute.ts'
import { knownByName } from '#handler/known-name.ts'
import type { JudgeAnswer, JudgeTask } from '#model/canary-order.ts'
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { MetricSeries } from '#model/metric.ts'
import type { Reason } from '#model/reason.ts'
import type { AlarmReader } from '#ports/alarm-reader.ts'
import type { Clock } from '#ports/clock.ts'
import type { ConfigurationSource } from '#ports/configuration-source.ts'
import type { MetricReader } from '#ports/metric-reader.ts'

export type JudgePorts = {
  readonly configuration: ConfigurationSource
  readonly metrics: MetricReader
  readonly alarms: AlarmReader
  readonly clock: Clock
}

/** What a late tick catches up with; older minutes are left out and so are no evidence. */
const LONGEST_SECONDS = 3 * 3600

export async function judgeCanary(task: JudgeTask, { configuration, metrics, alarms, clock }: JudgePorts): Promise<JudgeAnswer> {
  const settings = await configuration.load()
  const hostname = knownByName('event.hostname', task.hostname, settings.hostnames, (one) => one.hostname)
  const nowSeconds = clock.nowSeconds()
  const lagSeconds = settings.policy.timing.metricLagSeconds
  const judgeFrom = Math.max(task.judgeFrom ?? Number.POSITIVE_INFINITY, (task.state.minute ?? -Infinity) + 60)
  const fromSeconds = Math.max(
    Math.min(judgeFrom, task.exposedFrom, task.observeFrom ?? Number.POSITIVE_INFINITY, nowSeconds - 300),
    nowSeconds - LONGEST_SECONDS,
  )
  const queries = armQueries(task.subject, hostname, settings, task.settings)
  const checks = stableCheckQueries(task.subject, hostname, settings)
  const asked = [...queries.map(({ query }) => query), ...checks]
  const [series, states] = await Promise.all([
    metrics.read(asked, Math.floor(fromSeconds / 60) * 60, Math.ceil(nowSeconds / 60) * 60),
    alarms.states(task.alarms, settings.homeRegion),
  ])
  const [alarm] = alarmReasons(task.alarms, states)
  const minutes = armMinutes(queries, series, { fromSeconds, nowSeconds, lagSeconds }, task.settings.metrics)
  const judged = judgeAll(
    task,
    minutes.filter(({ minute }) => minute >= judgeFrom),
  )
  const observed = task.observeFrom === undefined ? undefined : trafficSince(minutes, task.observeFrom)
  const stableDown = whyStableIsDown(
    task,
    series,
    checks.map(({ id }) => id),
  )
  return {
    ...judged,
    ...exposedMinutes(queries, series, task.exposedFrom, nowSeconds - lagSeconds),
    ...(observed === undefined ? {} : { observed }),
    ...(stableDown === undefined ? {} : { stableDown }),
    ...(alarm === undefined ? {} : { alarm }),
  }
}

function judgeAll({ state: before, settings, frozen }: JudgeTask, closed: readonly JudgeMinute[]): Pick<JudgeAnswer, 'state' | 'minutes'> {
  let state = before
  const minutes = closed.map((counted) => {
    const minute = frozen === undefined ? counted : { ...counted, frozen }
    const { state: next, verdict } = judgeMinute(state, minute, settings)
    state = next
    return { minute, verdict }
  })
  return { state, minutes }
}

/** Minutes of which both arms are known. */
function trafficSince(minutes: readonly JudgeMinute[], fromSeconds: number): JudgeAnswer['observed'] {
  const known = minutes.filter(({ minute, canary, control }) => minute >= fromSeconds && (canary ?? control) !== undefined)
  const canary = known.reduce((sum, minute) => sum + (minute.canary?.requests ?? 0), 0)
  return { canary, total: known.reduce((sum, minute) => sum + (minute.control?.requests ?? 0), canary) }
}

/**
 * Every check of the stable version is red in its newest minute: nobody may be sent there. What is not known is not down. Where a provider is shifted,
 * failover looks after those it goes back to.
 */
function whyStableIsDown({ subject }: JudgeTask, series: readonly MetricSeries[], checks: readonly string[]): Reason | undefined {
  if (subject.kind === 'provider') return undefined
  const newest = checks.map((id) => series.find((one) => one.id === id)?.points.at(-1)?.value)
  if (newest.length === 0 || newest.some((status) => status === undefined || status > 0)) return undefined
  return { code: 'stable-down', sentence: `all ${newest.length} health checks of ${subject.service} ${subject.from} are red` }
}
