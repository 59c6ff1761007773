// A decision record in full: headline, numbers, rules and sentences, and what was measured.
import { decisionLines } from '#cli/text/decision-lines.ts'
import { durationText } from '#cli/text/duration-text.ts'
import { type Here, momentText } from '#cli/text/moment-text.ts'
import { rateText } from '#cli/text/number-text.ts'
import { indent, table } from '#cli/text/table.ts'
import type { Decision } from '#model/decision.ts'
import type { MeasuredSignal } from '#model/provider.ts'
import type { ProbeSignal, ProviderSignals, Signal } from '#model/signal.ts'

/** A record this much older than what was asked for means that no tick ran in between. */
const GAP_SECONDS = 180

/** @param askedFor epoch seconds */
export function explanationLines(hostname: string, decision: Decision, askedFor: number, here: Here): string[] {
  const { at, cause, isChange, demand, reason, providers, inputs } = decision
  const gap = askedFor - at > GAP_SECONDS ? [`No tick was recorded in the ${durationText(askedFor - at)} after it.`] : []
  const about = `${hostname}, decided ${momentText(at, here)} for ${decision.set}`
  const facts = [
    `cause ${cause}, rule ${reason.code}, ${isChange ? 'the shares change' : 'the shares stay'}`,
    demand === undefined ? 'demand unknown' : `demand ${rateText(demand)}`,
  ].join(', ')
  return [
    ...decisionLines(decision, about),
    ...indent([facts, ...gap]),
    '',
    'Conditions and rules',
    ...indent(
      table(
        [{ title: 'PROVIDER' }, { title: 'RULE' }, { title: 'ROLE' }, { title: 'CONDITION' }],
        providers.map((one) => [one.provider, one.reason.code, one.role, one.condition.reason.sentence]),
      ),
    ),
    '',
    'Inputs',
    ...indent(inputTable(inputs, at)),
  ]
}

const UNITS: Readonly<Record<MeasuredSignal, (value: number) => string>> = {
  capacity: rateText,
  load: rateText,
  errors: rateText,
  utilisation: (value) => value.toFixed(2),
  latency: (value) => `${value.toFixed(3)} s`,
}

function inputTable(inputs: readonly ProviderSignals[], at: number): string[] {
  const rows = inputs.flatMap(({ provider, probes, ...signals }) => [
    ...probes.map((probe) => [provider, `probe ${probe.endpoint}`, probeText(probe, at), ...ageAndSamples(probe.fraction, at)]),
    ...Object.entries(UNITS).map(([name, text]) => {
      const signal = signals[name as MeasuredSignal]
      return [provider, name, signal.state === 'present' ? text(signal.value) : `missing: ${signal.why}`, ...ageAndSamples(signal, at)]
    }),
  ])
  return table(
    [{ title: 'PROVIDER' }, { title: 'SIGNAL' }, { title: 'VALUE' }, { title: 'AGE', align: 'right' }, { title: 'POINTS', align: 'right' }],
    rows,
  )
}

function probeText({ state, fraction, since }: ProbeSignal, at: number): string {
  const part = fraction.state === 'present' ? `, ${Math.round(fraction.value * 100)} % of checkers` : ''
  return `${state} for ${durationText(at - since)}${part}`
}

function ageAndSamples(signal: Signal, at: number): [string, string] {
  if (signal.state === 'present') return [durationText(at - signal.observedAt), String(signal.samples)]
  return [signal.lastObservedAt === undefined ? '–' : durationText(at - signal.lastObservedAt), '–']
}
