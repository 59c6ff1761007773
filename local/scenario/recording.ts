// What was seen while a story ran; times in seconds since it began.
import type { Snapshot, Story } from '#local/world/snapshot.ts'
import type { CanaryOutcome } from '#model/canary.ts'

export type Sample = {
  readonly at: number
  readonly sent: number
  readonly failed: number
  readonly providers: Readonly<Record<string, SampledProvider>>
  /** By version, of the service of the first hostname that has one. */
  readonly versions: Readonly<Record<string, SampledVersion>>
  /** What became of the canary of a hostname that has ended; `undefined` in flight. */
  readonly outcomes: Readonly<Record<string, CanaryOutcome | undefined>>
  /** Weights by hostname and set identifier with type. */
  readonly weights: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Highest TTL of the members by hostname, in seconds; none where all are aliases. */
  readonly ttls: Readonly<Record<string, number>>
}

export type SampledProvider = {
  readonly sent: number
  readonly failed: number
  readonly wanted: number | undefined
  readonly answered: number | undefined
  readonly condition: string | undefined
}

export type SampledVersion = { readonly wanted: number; readonly answered: number; readonly measured: number | undefined }

/** One change batch the controller wrote. */
export type Write = { readonly at: number; readonly hostname: string; readonly generation: number; readonly sequence: number }

export type Recording = {
  readonly samples: readonly Sample[]
  readonly stories: readonly Story[]
  readonly writes: readonly Write[]
  /** When somebody first changed a record by hand. */
  readonly firstEditAt: number | undefined
}

export function sampleOf(snapshot: Snapshot): Sample {
  const providers = snapshot.providers.map(({ name, sent, failed, wantedShare, answeredShare, condition }) => {
    const sampled: SampledProvider = { sent, failed, wanted: wantedShare, answered: answeredShare, condition }
    return [name, sampled] as const
  })
  const versions = snapshot.versions.map(({ version, wantedShare, answeredShare, measuredShare }) => {
    const sampled: SampledVersion = { wanted: wantedShare, answered: answeredShare, measured: measuredShare }
    return [version, sampled] as const
  })
  const outcomes = snapshot.canaries.map(({ hostname, phase, outcome }) => [hostname, phase === 'ended' ? outcome : undefined] as const)
  const weights = snapshot.hostnames.map(({ hostname, members }) => {
    const named = members.map(({ setIdentifier, type, weight }) => [`${setIdentifier} ${type}`, weight] as const)
    // In the order of their names, so that two samples can be compared as text.
    return [hostname, Object.fromEntries(named.toSorted(([a], [b]) => a.localeCompare(b)))] as const
  })
  const ttls = snapshot.hostnames.flatMap(({ hostname, members }) => {
    const own = members.flatMap(({ ttlSeconds }) => ttlSeconds ?? [])
    return own.length === 0 ? [] : [[hostname, Math.max(...own)] as const]
  })
  return {
    at: snapshot.at - snapshot.startedAt,
    sent: snapshot.sent,
    failed: snapshot.failed,
    providers: Object.fromEntries(providers),
    versions: Object.fromEntries(versions),
    outcomes: Object.fromEntries(outcomes),
    weights: Object.fromEntries(weights),
    ttls: Object.fromEntries(ttls),
  }
}

/** The newest sample at or before a time; the first one when there is none. */
export function sampleAt(samples: readonly Sample[], at: number): Sample | undefined {
  return samples.findLast((sample) => sample.at <= at) ?? samples[0]
}
