// sluice canary plan: what preflight would say now, and how long a verdict would take. Starts and writes nothing.
import type { Command } from 'commander'
import { freezesAhead } from '#calendar/freezes-ahead.ts'
import { begin, strategyOf, subjectOf } from '#canary/begin.ts'
import { obstaclesOf } from '#canary/obstacles.ts'
import { roomOf } from '#canary/room.ts'
import { nameOf } from '#canary/shares-at.ts'
import { type CommonOptions, type Context, example, onStage, stageCommand } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { usageFailure } from '#cli/failure.ts'
import { type Output, paragraphs, shown } from '#cli/output.ts'
import type { Session } from '#cli/session.ts'
import { rateText } from '#cli/text/number-text.ts'
import { pairs } from '#cli/text/table.ts'
import type { Decision } from '#model/decision.ts'
import { isInForce } from '#model/override.ts'
import { providerSetId } from '#model/provider-set.ts'
import { forecastLines, forecastOf } from './plan-forecast.ts'
import { type StartOptions, type Wanted, wantedOf } from './start-input.ts'

type Options = CommonOptions & StartOptions & { readonly failures: string }

export function planCommand(context: Context): Command {
  return stageCommand('plan')
    .summary('show whether a canary could start, and how long a verdict would take')
    .description(
      'Asks what preflight asks, by what is stored, and forecasts for each step when a good version passes, when a bad one is found, and how many requests it costs until then. Starts and writes nothing. Ends with 1 and every reason when it would be refused.',
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
  const inForce = overrides.filter((override) => isInForce(override, nowSeconds))
  const strategy = strategyOf(hostname)
  const begun = begin(wanted, {
    ...{ hostname, providers: configuration.providers, row, nowSeconds, execution: 'plan' },
    by: { author: 'plan', reason: 'a plan', at: nowSeconds },
    generation: records.get(hostname.hostname)?.observed.fence?.generation ?? 0,
    obstacles: obstaclesOf(hostname, decision, inForce, nowSeconds),
    room: roomOf(decision),
    ceiling: configuration.policy.guards.ceiling,
    // Metrics, alarms and history are for the start itself to look at.
    preflight: {
      reasons: [],
      freezes: freezesAhead(configuration.policy, strategy, nowSeconds),
      learned: { settings: strategy.judge, sentences: [] },
    },
  })
  const reasons = begun.kind === 'refused' ? begun.reasons : []
  const forecast = decision?.demand === undefined ? undefined : forecastOf(strategy, decision.demand * 60, failureRatio)
  const name = nameOf(subjectOf(wanted, { hostname, row }), hostname.hostname)
  return shown(
    { stage: session.stage, hostname: hostname.hostname, name, reasons, room: roomOf(decision), forecast },
    paragraphs(
      reasons.length === 0
        ? [`${name}: could start now`, ...(begun.kind === 'waits' ? [`  ${begun.reason.sentence}`] : [])]
        : [`${name}: would be refused`, ...reasons.map(({ sentence }) => `  ${sentence}`)],
      pairs(capacityRows(decision, failureRatio)),
      forecast === undefined ? ['No forecast: the requests/s are not known.'] : forecastLines(forecast),
    ),
    reasons.length === 0 ? EXIT.done : EXIT.refused,
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
