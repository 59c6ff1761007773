// What an operator decided in place of the signals: with an author, a reason and an expiry. The configuration is not touched.
import * as z from 'zod'
import { Hostname, ShortName } from './names.ts'
import { WeightedRecord } from './record.ts'

const attribution = {
  /** The caller's ARN as the caller states it; CloudTrail is the proof. */
  author: z.string().min(1),
  reason: z.string().min(1),
  /** Epoch seconds. */
  createdAt: z.number(),
  expiresAt: z.number(),
}

/** Wanted share by provider, 0–1; they add up to 1. */
export const PinnedShares = z.record(ShortName, z.number().min(0).max(1))
export type PinnedShares = z.infer<typeof PinnedShares>

/** Every hostname of the stage. */
export const ALL_HOSTNAMES = '*'

export const Override = z.discriminatedUnion('kind', [
  /** The provider gets nothing. */
  z.object({ kind: z.literal('drain'), provider: ShortName, ...attribution }),
  /** The hostname's shares are these, under a generation of their own; a rollback pins what was good before. */
  z.object({
    kind: z.literal('pin'),
    hostname: Hostname,
    shares: PinnedShares,
    generation: z.int().min(1),
    isRollback: z.boolean(),
    /** Of a rollback: the records it brought back. Their addresses, health checks and identifiers count in place of the configuration's. */
    members: z.array(WeightedRecord).min(1).optional(),
    ...attribution,
  }),
  /** Nothing but operators and rollbacks writes this hostname, or any. */
  z.object({ kind: z.literal('pause'), hostname: z.union([z.literal(ALL_HOSTNAMES), Hostname]), ...attribution }),
])
export type Override = z.infer<typeof Override>
export type Pin = Extract<Override, { kind: 'pin' }>
export type Pause = Extract<Override, { kind: 'pause' }>

/** What an override is about: a provider, a hostname, or all hostnames. */
export function subjectOf(override: Override): string {
  return override.kind === 'drain' ? override.provider : override.hostname
}

/** Identity of an override: a second one of the same identity replaces the first. */
export function overrideKey(kind: Override['kind'], subject: string): string {
  return `${kind}#${subject}`
}

export function isInForce(override: Override, nowSeconds: number): boolean {
  return nowSeconds < override.expiresAt
}

export function inForce(overrides: readonly Override[], nowSeconds: number): Override[] {
  return overrides.filter((override) => isInForce(override, nowSeconds))
}

export function pinOf(overrides: readonly Override[], hostname: string): Pin | undefined {
  return overrides.find((override) => override.kind === 'pin' && override.hostname === hostname) as Pin | undefined
}

export function pauseOf(overrides: readonly Override[], hostname: string): Pause | undefined {
  return overrides.find(
    (override) => override.kind === 'pause' && (override.hostname === hostname || override.hostname === ALL_HOSTNAMES),
  ) as Pause | undefined
}
