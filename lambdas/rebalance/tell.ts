// Says what a tick did: one log line a sentence, one counter a kind.
import type { Tools } from '#handler/make-handler.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import { METRIC } from '#telemetry/metric-names.ts'
import type { TickReport } from './tick-report.ts'

const COUNTED_NOTICES: Record<string, (typeof METRIC)[keyof typeof METRIC]> = {
  'signals-missing': METRIC.blindTicks,
  'insufficient-capacity': METRIC.insufficientCapacity,
  panic: METRIC.panic,
}

export function tell(report: TickReport, { logger, count }: Tools): void {
  if (report.kind === 'dropped' || report.kind === 'overtaken') {
    logger.warn(report.reason.sentence, { code: report.reason.code })
    if (report.kind === 'dropped') count(METRIC.lateEvents)
    return
  }
  for (const { code, sentence } of report.unread) logger.error(sentence, { code })
  for (const { set, isChange, reason, notices } of report.decisions) {
    logger[isChange ? 'info' : 'debug'](reason.sentence, { set, code: reason.code })
    for (const notice of notices) {
      logger.warn(notice.sentence, { set, code: notice.code })
      const metric = COUNTED_NOTICES[notice.code]
      if (metric !== undefined) count(metric)
    }
  }
  for (const { hostname, refusals } of report.plans) {
    for (const { guard, reason } of refusals) logger.warn(reason.sentence, { hostname, guard, code: reason.code })
  }
  for (const outcome of report.outcomes) {
    if (outcome.kind === 'applied')
      logger.info(outcome.receipt.reason.sentence, { hostname: outcome.hostname, changeId: outcome.receipt.changeId })
    if (outcome.kind === 'conflict' || outcome.kind === 'failed')
      logger.warn(outcome.reason.sentence, { hostname: outcome.hostname, code: outcome.reason.code })
  }
  tellDeferred(report.outcomes, logger)
  const of = (kind: string) => report.outcomes.filter((outcome) => outcome.kind === kind).length
  count(METRIC.writes, of('applied'))
  count(METRIC.conflicts, of('conflict'))
  count(METRIC.writeFights, report.plans.flatMap(({ refusals }) => refusals).filter(({ guard }) => guard === 'write-fight').length)
  count(METRIC.refusals, report.plans.filter(({ refusals }) => refusals.length > 0).length + of('refused') + of('failed'))
}

/** One line for each reason, with the first sentence: at a thousand hostnames a line for each would be the largest part of the log. */
function tellDeferred(outcomes: readonly ApplyOutcome[], logger: Tools['logger']): void {
  const deferred = outcomes.flatMap((outcome) => (outcome.kind === 'deferred' ? [outcome] : []))
  for (const [code, group] of Map.groupBy(deferred, ({ reason }) => reason.code)) {
    const hostnames = group.map(({ hostname }) => hostname)
    const others = hostnames.length === 1 ? '' : ` (so are ${hostnames.length - 1} others)`
    logger.warn(`${group[0]?.reason.sentence}${others}`, { code, count: hostnames.length, hostnames: hostnames.slice(0, 20) })
  }
}
