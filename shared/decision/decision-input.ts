// What a decision is made from, and what it gives back: the contract between the pipeline and the control law.
import type { Decision } from '#model/decision.ts'
import type { ShareBounds } from '#model/hostname.ts'
import type { ProviderMemory, SetMemory } from '#model/memory.ts'
import type { Override } from '#model/override.ts'
import type { Policy } from '#model/policy.ts'
import type { Provider } from '#model/provider.ts'
import type { ProviderSetId } from '#model/provider-set.ts'
import type { ProviderSignals } from '#model/signal.ts'

/** A provider of the set, with the bounds its hostnames put on its share (0–1). */
export type SetProvider = { readonly provider: Provider; readonly bounds: ShareBounds }

export type DecisionInput = {
  readonly set: ProviderSetId
  /** In the order in which they are to be reported; at least one. */
  readonly providers: readonly SetProvider[]
  /** As `observe` gives them. A provider without an entry counts as one whose signals are all missing. */
  readonly signals: readonly ProviderSignals[]
  /** As the store gave it; undefined for what has never been decided. */
  readonly memory: {
    readonly providers: Readonly<Record<string, ProviderMemory | undefined>>
    readonly set: SetMemory | undefined
  }
  /** Only those in force bind; expired ones may be among them. */
  readonly overrides: readonly Override[]
  readonly policy: Policy
  /** False while the records do not carry the shares decided here, because they are pinned, paused, only observed or not yet written. @default true */
  readonly isFollowed?: boolean
  /** Somebody else has changed the records, nobody knows when. @default false */
  readonly isEditedByHand?: boolean
  /** What the records give each provider, for a set that has no memory: `unseen` while nobody has looked. Undefined when there are none. */
  readonly found?: Readonly<Record<string, number>> | 'unseen' | undefined
  /** TTL of the records of the set: part of the dead time. */
  readonly ttlSeconds: number
  /** Epoch seconds. */
  readonly nowSeconds: number
}

export type DecisionOutput = {
  readonly decision: Decision
  /** To be stored by a conditional write before anything is applied. */
  readonly memory: { readonly providers: Readonly<Record<string, ProviderMemory>>; readonly set: SetMemory }
}
