// How the canary of a hostname stands: the step, the shares wanted and observed, the evidence, what comes next and when.
import { TICK_SECONDS } from '#canary/answer.ts'
import { evidenceByMetric, type MetricEvidence } from '#canary/evidence-by-metric.ts'
import { closedGate } from '#canary/gate.ts'
import { nameOf, wantedShareOf } from '#canary/shares-at.ts'
import { type TimeToVerdict, timeToVerdict } from '#canary/time-to-verdict.ts'
import type { ControlRow } from '#model/canary.ts'
import type { HostnamePolicy } from '#model/hostname.ts'

export type CanaryStatus = {
  readonly hostname: string
  /** Undefined before the first canary. */
  readonly row: ControlRow | undefined
  readonly canary:
    | {
        readonly name: string
        readonly isInFlight: boolean
        /** Percent of the step; undefined before the first. */
        readonly percent: number | undefined
        /** Share of the canary, 0–1: of a version what is in the split, of a provider the part of its capacity share. */
        readonly wanted: number
        readonly observed: number | undefined
        /** Waits for an approval. */
        readonly isGate: boolean
        /** What the machine does next; epoch seconds. Undefined when it has ended. */
        readonly next: { readonly state: string; readonly at: number } | undefined
        /** E of each metric; empty before the first verdict. */
        readonly evidence: readonly MetricEvidence[]
        readonly timeToVerdict: TimeToVerdict | undefined
      }
    | undefined
}

export function canaryStatus({ hostname }: HostnamePolicy, row: ControlRow | undefined): CanaryStatus {
  if (row?.canary === undefined) return { hostname, row, canary: undefined }
  const { canary } = row
  const { subject, step, steps, phase, tickAt, next } = canary
  const percent = phase === 'promoting' || phase === 'lastBake' ? 100 : steps[step]
  const isInFlight = phase !== 'ended'
  return {
    hostname,
    row,
    canary: {
      ...{ isInFlight, percent, observed: canary.observedShare },
      name: nameOf(subject, hostname),
      wanted: wantedShareOf(subject, row),
      isGate: phase === 'baking' && closedGate(canary) !== undefined,
      evidence: canary.verdict === undefined ? [] : evidenceByMetric(canary.verdict, canary.strategy.judge),
      timeToVerdict: timeToVerdict(canary),
      next: isInFlight ? { state: next, at: tickAt + TICK_SECONDS } : undefined,
    },
  }
}
