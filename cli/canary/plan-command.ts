// sluice canary plan: what a start would be told now, and how long a verdict would take. Starts and writes nothing.
import type { Command } from 'commander'
import { freezesAhead } from '#calendar/freezes-ahead.ts'
import { begin, strategyOf, subjectOf } from '#canary/begin.ts'
import { obstaclesOf } from '#canary/obstacles.ts'
import { roomOf } from '#canary/room.ts'
import { nameOf } from '#canary/shares-at.ts'
import { afterRollback } from '#canary/supersede.ts'
import { peakOf, risksOf } from '#canary/why-no-budget.ts'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { usageFailure } from '#cli/failure.ts'
import { type Output, paragraphs, shown } from '#cli/output.ts'
import type { Session } from '#cli/session.ts'
import { rateText } from '#cli/text/number-text.ts'
import { pairs } from '#cli/text/table.ts'
import type { PreflightAnswer } from '#model/canary-order.ts'
import type { Decision } from '#model/decision.ts'
import { inForce } from '#model/override.ts'
import { providerSetId } from '#model/provider-set.ts'
import { exposureLines } from './plan-exposure.ts'
import { forecastLines, forecastOf } from './plan-forecast.ts'
import { exitCodeOf, verdictLines, verdictOf } from './plan-verdict.ts'
import { type StartOptions, type Wanted, wantedOf } from './start-input.ts'

type Options = CommonOptions & StartOptions & { readonly failures: string }

export function planCommand(context: Context): Command {
  return stageCommand('plan')
    .summary('show whether a canary could start, and how long a verdict would take')
    .description(
      'Looks at all that a start looks at: what is stored, and by the read-only judge metrics, health checks, alarms, the error budget and history. Forecasts for each step when a good version passes, when a bad one is found, and how many requests it costs until then, judged as this start would be. Says what can fail at each step before it is back. Starts and writes nothing. Ends with 0 when it would begin, with 1 and every reason when it would be refused; when the judge cannot be asked, the rest is shown with what was not asked and why, and it ends with 3, or with 5 when that failed.',
    )
    .argument('<subject>', 'the service, or with --provider the hostname')
    .argument('[version]', 'the version that is to come')
    .option('--provider <name>', 'shift this cloud instead of a version')
    .option('--part <fraction>', 'where the provider ends, 0 to 1 of the share its capacity gives it; left out: 1, all of it')
    .option('--failures <ratio>', 'part of the requests that fail without any canary, for the forecast', '0.005')
    .addHelpText('after', example('sluice canary plan media 1.0.9', 'sluice canary plan media 1.0.9 --failures 0.001'))
    .action((subject: string, version: string | undefined, options: Options) =>
      onStage(context, options, (session, here) =>
        plan(session, wantedOf(subject, version, options, session.configuration), failuresOf(options.failures), here().now),
      ),
    )
}

async function plan(session: Session, wanted: Wanted, failureRatio: number, nowSeconds: number): Promise<Output> {
  const { hostname } = wanted
  const { configuration } = session
  const [{ value: row }, records, overrides, [decision]] = await Promise.all([
    session.rows.get(hostname.hostname),
    session.records.load(),
    session.overrides.list(),
    session.journal.decisions(providerSetId(hostname), 1),
  ])
  const strategy = strategyOf(hostname)
  const subject = subjectOf(wanted, { hostname, row: afterRollback(row) })
  const reply = await session.preflight({ event: 'preflight', hostname: hostname.hostname, subject })
  const fromStrategy = { settings: strategy.judge, sentences: [] }
  const preflight: PreflightAnswer =
    reply.kind === 'answered'
      ? reply.answer
      : { reasons: [], freezes: freezesAhead(configuration.policy, strategy, nowSeconds), learned: fromStrategy }
  const facts = {
    ...{ hostname, providers: configuration.providers, row, nowSeconds, execution: 'plan' },
    by: { author: 'plan', reason: 'a plan', at: nowSeconds },
    generation: records.get(hostname.hostname)?.observed.fence?.generation ?? 0,
    obstacles: obstaclesOf(hostname, decision, inForce(overrides, nowSeconds), nowSeconds),
    room: roomOf(decision),
    ceiling: configuration.policy.guards.ceiling,
    timing: configuration.policy.timing,
    preflight,
  }
  const begun = begin(wanted, facts)
  const exposure = peakOf(facts) === 0 ? undefined : risksOf(subject, strategy, facts)
  const failure = reply.kind === 'notAsked' ? reply.failure : undefined
  const verdict = verdictOf(begun, failure)
  // Where history forbids to judge, the forecast is that of the strategy alone.
  const { settings, sentences } = 'refused' in preflight.learned ? fromStrategy : preflight.learned
  const forecast =
    decision?.demand === undefined ? undefined : forecastOf({ ...strategy, judge: settings }, decision.demand * 60, failureRatio)
  const name = nameOf(subject, hostname.hostname)
  return shown(
    { stage: session.stage, hostname: hostname.hostname, name, ...verdict, room: roomOf(decision), learned: sentences, forecast, exposure },
    paragraphs(
      verdictLines(name, verdict),
      pairs([...capacityRows(decision, failureRatio), ...sentences.map((sentence): [string, string] => ['learned', sentence])]),
      exposureLines(exposure, strategy),
      forecast === undefined ? ['No forecast: the requests/s are not known.'] : forecastLines(forecast),
    ),
    exitCodeOf(verdict, failure),
  )
}

function capacityRows(decision: Decision | undefined, failureRatio: number): [string, string][] {
  const capacity = decision?.providers.map(({ provider, capacityEstimate }) => `${provider} ${rateText(capacityEstimate)}`).join(', ')
  return [
    [
      'demand',
      decision?.demand === undefined
        ? 'not known'
        : `${rateText(decision.demand)}, of which ${Number((failureRatio * 100).toFixed(3))} % are taken to fail`,
    ],
    ['capacity', capacity ?? 'not known'],
  ]
}

function failuresOf(text: string): number {
  const ratio = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN
  if (ratio > 0 && ratio < 0.5) return ratio
  const mend = 'Read it off the last week, such as 0.005 for one of 200.'
  throw usageFailure({ code: 'option', place: '--failures', seen: JSON.stringify(text), allowed: 'a ratio above 0 and below 0.5', mend })
}
