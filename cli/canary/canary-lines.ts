// The canary of a hostname, as a person reads it.
import type { MetricEvidence } from '#canary/evidence-by-metric.ts'
import type { TimeToVerdict } from '#canary/time-to-verdict.ts'
import { durationText } from '#cli/text/duration-text.ts'
import { type Here, momentText } from '#cli/text/moment-text.ts'
import { shareText } from '#cli/text/number-text.ts'
import { indent, pairs } from '#cli/text/table.ts'
import type { Canary, ControlRow } from '#model/canary.ts'
import type { CanaryStatus } from './canary-status.ts'

const PHASES: Readonly<Record<Canary['phase'], string>> = {
  shifting: 'begins',
  settling: 'settles: waits until the change is in sync and seen in the traffic',
  baking: 'bakes: minutes are judged',
  promoting: 'goes to 100 %',
  lastBake: 'bakes at 100 %: the old version is kept warm',
  rollingBack: 'goes back',
  ended: 'ended',
}
/** What a wait ends with, by the state that waits. */
const AFTER_WAIT: Readonly<Record<string, string>> = { Bake: 'Judge' }
const BAR_CELLS = 30

export function canaryLines({ hostname, row, canary: view }: CanaryStatus, here: Here): string[] {
  if (row?.canary === undefined || view === undefined) return [`${hostname}: no canary yet`, ...indent(pairs(splitRows(row)))]
  const { canary } = row
  const outcome = canary.outcome === 'promoted' ? 'promoted' : 'rolled back'
  const head = view.isInFlight ? PHASES[canary.phase] : `${outcome} ${momentText(canary.phaseSince, here)}`
  const facts: [string, string][] = [
    ['step', stepText(canary, view.percent, here)],
    ['share', `wanted ${shareText(view.wanted)}, observed ${view.observed === undefined ? 'not yet' : shareText(view.observed)}`],
    ...evidenceRows(canary),
    ...metricRows(view.evidence),
    ...(view.isInFlight ? ([['verdict', verdictText(view.timeToVerdict)]] as [string, string][]) : []),
    [
      'exposed',
      `${canary.exposed} failed requests of the canary${canary.strategy.exposureBudget === undefined ? '' : ` of ${canary.strategy.exposureBudget}`}`,
    ],
    ...(canary.frozen === undefined ? [] : ([['frozen', canary.frozen.sentence]] as [string, string][])),
    ...(canary.held === undefined ? [] : ([['held', `by ${canary.held.author}: ${canary.held.reason}`]] as [string, string][])),
    ['next', nextText(view, here)],
    ['because', canary.reason.sentence],
    ['by', `${canary.by.author}: ${canary.by.reason}, ${momentText(canary.startedAt, here)}`],
    ...splitRows(row),
  ]
  return [`${hostname}: ${view.name} ${head}, generation ${row.generation}`, ...indent(pairs(facts))]
}

function stepText({ step, steps, stepSince, phase }: Canary, percent: number | undefined, here: Here): string {
  if (percent === undefined) return `none of ${steps.join(', ')} % yet`
  if (phase === 'ended') return `${step + 1} of ${steps.length} (${steps.join(', ')} %)`
  return `${step + 1} of ${steps.length} (${steps.join(', ')} %), now ${percent} % for ${durationText(Math.max(0, here.now - stepSince))}`
}

/** A bar from 0 to the limit at which the canary fails, and one to the limit at which it passes. */
function evidenceRows({ verdict }: Canary): [string, string][] {
  if (verdict === undefined) return [['judged', 'no closed minute yet']]
  const { logE, limit, passLogE, passLimit, counted } = verdict
  return [
    ['worse', `${bar(logE / limit)} log E ${logE.toFixed(2)} of ${limit.toFixed(2)}, fails there`],
    ['good', `${bar(passLogE / passLimit)} log E ${passLogE.toFixed(2)} of ${passLimit.toFixed(2)}, passes there`],
    ['judged', `${verdict.verdict}, ${counted} counted minutes`],
  ]
}

/** One alone is what the lines above say. */
function metricRows(evidence: readonly MetricEvidence[]): [string, string][] {
  if (evidence.length < 2) return []
  return evidence.map(({ name, logE, limit, passLogE, passLimit }) => [
    `- ${name}`,
    [
      limit === undefined
        ? `${bar(0)} log E ${logE.toFixed(2)}, aborts nothing`
        : `${bar(logE / limit)} log E ${logE.toFixed(2)} of ${limit.toFixed(2)} by itself`,
      ...(passLimit === undefined || passLogE === undefined ? [] : [`${passLogE.toFixed(2)} of ${passLimit.toFixed(2)} for it`]),
    ].join('; '),
  ])
}

function verdictText(ahead: TimeToVerdict | undefined): string {
  if (ahead === undefined) return 'not to be foreseen: the newest minute was not counted'
  const { passMinutes, failMinutes, ratio } = ahead
  if (passMinutes === 0) return 'pass'
  const inAbout = (minutes: number | undefined) => (minutes === undefined ? 'never' : `in about ${Math.ceil(minutes)} minutes`)
  return `${inAbout(passMinutes)} at this share, if it fails as the other does; ${inAbout(failMinutes)}, if ${ratio} times as often`
}

function bar(part: number): string {
  const cells = Math.round(Math.min(1, Math.max(0, part)) * BAR_CELLS)
  return `[${'#'.repeat(cells).padEnd(BAR_CELLS, '.')}]`
}

function nextText({ isGate, next }: NonNullable<CanaryStatus['canary']>, here: Here): string {
  if (next === undefined) return 'nothing: it has ended'
  const when = next.at <= here.now ? 'now' : momentText(next.at, here)
  return `${isGate ? 'waits for an approval, looks again' : (AFTER_WAIT[next.state] ?? next.state)} ${when}`
}

function splitRows(row: ControlRow | undefined): [string, string][] {
  const versions = Object.entries(row?.versionShares ?? {}).map(([version, share]) => `${version} ${shareText(share)}`)
  const parts = Object.entries(row?.providerParts ?? {}).map(([provider, part]) => `${provider} ${shareText(part)} of its share`)
  return [
    ...(versions.length === 0 ? [] : ([['versions', versions.join(', ')]] as [string, string][])),
    ...(parts.length === 0 ? [] : ([['providers', parts.join(', ')]] as [string, string][])),
  ]
}
