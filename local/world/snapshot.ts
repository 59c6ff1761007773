// What can be seen of the whole local system at one moment: the page, the terminal and the scenarios read nothing else.
import type { MetricEvidence } from '#canary/evidence-by-metric.ts'
import type { TimeToVerdict } from '#canary/time-to-verdict.ts'
import type { CloudMode } from '#local/clouds/cloud-spec.ts'
import type { CanaryOutcome, CanaryPhase, NextState } from '#model/canary.ts'
import type { ConditionKind } from '#model/condition.ts'
import type { Verdict } from '#model/verdict.ts'

export type ProviderView = {
  readonly name: string
  readonly mode: CloudMode
  /** Its agent publishes no metrics. */
  readonly isSilent: boolean
  readonly condition: ConditionKind | undefined
  /** The sentence of the newest decision about it. */
  readonly sentence: string | undefined
  /** Shares 0–1: what was decided, what DNS answers now by weights and health, what the clients did in the last minute. */
  readonly wantedShare: number | undefined
  readonly answeredShare: number | undefined
  readonly measuredShare: number | undefined
  /** Sum of its weights of the first type of the first hostname. */
  readonly weight: number | undefined
  readonly requestsPerSecond: number
  /** Requests of the clients since they began. */
  readonly sent: number
  readonly failed: number
  /** Part of its requests of the last minute that failed, 0–1. */
  readonly failedRatio: number
  readonly reportedCapacity: number
  /** What it really can serve; no part of the controller sees this. */
  readonly effectiveCapacity: number
  readonly capacityEstimate: number | undefined
  /** Share of the checkers that see it healthy; undefined before the first check. */
  readonly checkersHealthy: number | undefined
  readonly isDrained: boolean
}

export type MemberView = {
  /** Absent for aliases. */
  readonly ttlSeconds?: number | undefined
  readonly setIdentifier: string
  readonly provider: string
  readonly type: string
  readonly weight: number
  readonly isHealthy: boolean
}

/** One version of a service behind a hostname; shares 0–1 as those of a provider. */
export type VersionView = {
  readonly hostname: string
  readonly service: string
  readonly version: string
  readonly wantedShare: number
  readonly answeredShare: number
  readonly measuredShare: number | undefined
  readonly failedRatio: number
}

/** The canary that holds a hostname, or the last one that did. */
export type CanaryView = {
  readonly hostname: string
  readonly generation: number
  /** `media 1.0.9`, or `hetzner of media.example.com`. */
  readonly name: string
  readonly author: string
  readonly phase: CanaryPhase
  /** Percents. */
  readonly steps: readonly number[]
  readonly step: number
  readonly inStepSeconds: number
  /** Of all requests, as the judge last saw it. */
  readonly observedShare: number | undefined
  /** Where a provider is shifted: which, and the part of its capacity share that is wanted now. */
  readonly shifted: { readonly provider: string; readonly part: number } | undefined
  /** The step waits for an approval. */
  readonly isGate: boolean
  readonly isHeld: boolean
  readonly outcome: CanaryOutcome | undefined
  readonly evidence:
    | {
        readonly verdict: Verdict['verdict']
        readonly logE: number
        readonly limit: number
        readonly passLogE: number
        readonly passLimit: number
        readonly counted: number
        readonly metrics: readonly MetricEvidence[]
      }
    | undefined
  readonly timeToVerdict: TimeToVerdict | undefined
  /** What the machine does next, and when; epoch seconds. */
  readonly next: NextState | undefined
  readonly nextAt: number | undefined
  readonly sentence: string
}

export type HostnameView = { readonly hostname: string; readonly fence: string | undefined; readonly members: readonly MemberView[] }

export type Snapshot = {
  readonly stage: string
  readonly scenario: string | undefined
  /** False when the local system runs without the controller. */
  readonly isControlled: boolean
  /** Epoch seconds of the clock; `startedAt` is when the clients began. */
  readonly at: number
  readonly startedAt: number
  readonly speed: number
  readonly demand: number
  /** Over the last minute, 0–1, and since the start. */
  readonly failedRatio: number
  readonly sent: number
  readonly failed: number
  /** Change batches Route 53 accepted since the clients began. */
  readonly writes: number
  readonly providers: readonly ProviderView[]
  readonly hostnames: readonly HostnameView[]
  readonly versions: readonly VersionView[]
  readonly canaries: readonly CanaryView[]
  readonly endpoints: { readonly page: string | undefined; readonly aws: string; readonly dnsPort: number }
}

/** Something that happened, with its reason: from the journal, the decisions, the health checks, or a hand on a button. */
export type Story = {
  readonly at: number
  readonly kind:
    | 'decision'
    | 'condition'
    | 'applied'
    | 'refused'
    | 'conflict'
    | 'override'
    | 'canary'
    | 'judged'
    | 'health'
    | 'event'
    | 'notice'
  readonly sentence: string
  readonly code?: string | undefined
}

/** One point of the page's charts; arrays follow the order of `Snapshot.providers`. */
export type Point = {
  readonly at: number
  readonly wanted: readonly (number | null)[]
  readonly measured: readonly (number | null)[]
  readonly weights: readonly (number | null)[]
  readonly conditions: readonly (ConditionKind | null)[]
  readonly failedPercent: number
}

export function pointOf(snapshot: Snapshot): Point {
  const each = <T>(pick: (provider: ProviderView) => T | undefined) => snapshot.providers.map((provider) => pick(provider) ?? null)
  return {
    at: snapshot.at,
    wanted: each((provider) => provider.wantedShare ?? provider.answeredShare),
    measured: each((provider) => provider.measuredShare),
    weights: each((provider) => provider.weight),
    conditions: each((provider) => provider.condition),
    failedPercent: snapshot.failedRatio * 100,
  }
}
