// All decisions of a tick: one for each provider set, and one for each hostname whose shares somebody holds.
import type { Configuration } from '#model/configuration.ts'
import type { Decision } from '#model/decision.ts'
import type { ProviderMemory, SetMemory } from '#model/memory.ts'
import { type Override, pauseOf, pinOf } from '#model/override.ts'
import { heldSetId, type ProviderSet, providerSetId, providerSets } from '#model/provider-set.ts'
import type { ProviderSignals } from '#model/signal.ts'
import { type Split, splitOf } from '#model/split.ts'
import { decide } from './decide.ts'
import { holdShares } from './hold-shares.ts'
import { partShares, partsOf } from './part-shares.ts'
import { following, type KnownRecords, sharesFound, standingShares } from './standing-shares.ts'

export type Memory = {
  readonly providers: Readonly<Record<string, ProviderMemory | undefined>>
  readonly sets: Readonly<Record<string, SetMemory | undefined>>
}

export type SetsInput = {
  readonly configuration: Configuration
  readonly signals: readonly ProviderSignals[]
  readonly memory: Memory
  /** Those in force. */
  readonly overrides: readonly Override[]
  /** How canaries split the traffic of hostnames. */
  readonly splits?: readonly Split[] | undefined
  readonly records: KnownRecords
  /** Epoch seconds. */
  readonly nowSeconds: number
}

export type Decided = { readonly decisions: readonly Decision[]; readonly memory: Memory }

export function decideSets({ configuration, signals, memory: before, overrides, splits = [], records, nowSeconds }: SetsInput): Decided {
  let memory = before
  const decisions: Decision[] = []
  for (const set of providerSets(configuration.hostnames)) {
    // The memory of a provider goes from set to set, so that no window is integrated twice.
    const decided = decide({
      ...setInput(configuration, set, memory),
      ...following(set, memory.sets[set.id]?.shares ?? {}, records, (policy) => isFree(policy, overrides, splits)),
      found: sharesFound(set, records, (policy) => isFree(policy, overrides, splits)),
      signals,
      overrides,
      nowSeconds,
    })
    memory = { providers: { ...memory.providers, ...decided.memory.providers }, sets: { ...memory.sets, [set.id]: decided.memory.set } }
    decisions.push(decided.decision, ...held(set, decided.decision, overrides, splits, records))
  }
  return { decisions, memory }
}

/** The decision that a hostname follows: its own while it is held, else that of its provider set. */
export function decisionFor(decisions: readonly Decision[], hostname: Configuration['hostnames'][number]): Decision | undefined {
  const of = (id: string) => decisions.find(({ set }) => set === id)
  return of(heldSetId(hostname.hostname)) ?? of(providerSetId(hostname))
}

/** A person's pin comes before a canary's part. */
function held(
  set: ProviderSet,
  decision: Decision,
  overrides: readonly Override[],
  splits: readonly Split[],
  records: KnownRecords,
): Decision[] {
  return set.hostnames.flatMap((policy) => {
    const { hostname } = policy
    const pin = pinOf(overrides, hostname)
    if (pin === undefined) return partShares(decision, policy, splitOf(splits, hostname)) ?? []
    const standing = { shares: standingShares(policy, records), written: records.get(hostname)?.receipt?.decided }
    return [holdShares(decision, pin, hostname, standing)]
  })
}

/** Nobody holds the shares of the hostname, in whole or in part, or keeps them from being written. */
function isFree(policy: ProviderSet['hostnames'][number], overrides: readonly Override[], splits: readonly Split[]): boolean {
  const { mode, hostname } = policy
  return mode === 'enforce' && !pinOf(overrides, hostname) && !pauseOf(overrides, hostname) && isWhole(policy, splits)
}

function setInput({ providers, policy }: Configuration, set: ProviderSet, memory: Memory) {
  const members = set.hostnames[0].providers.flatMap((bounds) =>
    providers.filter(({ name }) => name === bounds.provider).map((provider) => ({ provider, bounds })),
  )
  return {
    set: set.id,
    providers: members,
    memory: { providers: memory.providers, set: memory.sets[set.id] },
    policy,
    ttlSeconds: Math.max(...set.hostnames.map(({ ttlSeconds }) => ttlSeconds)),
  }
}

function isWhole(hostname: ProviderSet['hostnames'][number], splits: readonly Split[]): boolean {
  return Object.keys(partsOf(hostname, splitOf(splits, hostname.hostname))).length === 0
}
