// What speaks against a start, as far as it can be read without writing: the calendar, the metrics of both arms, the version's checks, alarms, the error budget.
// And what history teaches the judge of it.
import { freezesAhead } from '#calendar/freezes-ahead.ts'
import { alarmReasons } from '#canary/alarm-guard.ts'
import { strategyOf } from '#canary/begin.ts'
import { budgetFrom, budgetQueries, budgetSpent, mostRequests, notReady, PREFLIGHT_SECONDS, preflightQueries } from '#canary/preflight.ts'
import { nameOf } from '#canary/shares-at.ts'
import { knownByName } from '#handler/known-name.ts'
import type { PreflightAnswer, PreflightTask } from '#model/canary-order.ts'
import type { JudgePorts } from './judge-canary.ts'
import { learnSettings } from './learn-settings.ts'

/** @throws BadEvent for a hostname that the configuration has not, and what the ports throw */
export async function preflight(
  { hostname: name, subject }: PreflightTask,
  { configuration, metrics, alarms, clock }: JudgePorts,
): Promise<PreflightAnswer> {
  const settings = await configuration.load()
  const hostname = knownByName('event.hostname', name, settings.hostnames, (one) => one.hostname)
  const nowSeconds = clock.nowSeconds()
  const strategy = strategyOf(hostname)
  const { errorBudget } = strategy
  const queries = preflightQueries(subject, hostname, settings, strategy.judge)
  const asked = [...queries.counts, ...queries.checks].map(({ query }) => query)
  const spending = errorBudget === undefined ? [] : budgetQueries(queries.counts)
  const [series, spent, states, learned] = await Promise.all([
    metrics.read(asked, nowSeconds - PREFLIGHT_SECONDS, nowSeconds),
    errorBudget === undefined
      ? []
      : metrics.read(
          spending.map(({ query }) => query),
          budgetFrom(errorBudget, nowSeconds),
          nowSeconds,
        ),
    alarms.states(strategy.alarms, settings.homeRegion),
    learnSettings(subject, hostname, strategy.judge, settings, metrics, nowSeconds),
  ])
  const budget = errorBudget === undefined ? undefined : budgetSpent(errorBudget, nameOf(subject, name), spending, spent)
  return {
    reasons: [
      ...notReady(subject, hostname, queries, series),
      ...alarmReasons(strategy.alarms, states),
      ...(budget === undefined ? [] : [budget]),
    ],
    freezes: freezesAhead(settings.policy, strategy, nowSeconds),
    learned,
    ...mostRequests(queries, series),
  }
}
