// The table of contents: the whole way from raw datapoints to records, once round.
//
//   signals ──► decision ──► plan ──► guards ──► apply ──► receipt
//    pure        pure        pure      pure      ports     journal
//
// `think` is everything before the wire: a pure function of its argument. `applyRequest` is the rest. The functions, the
// command line's dry run, the benches and the tests all go through here.
import { decide } from '#decision/decide.ts'
import { type Guarded, guard } from '#guards/index.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Decision } from '#model/decision.ts'
import type { ProviderMemory, SetMemory } from '#model/memory.ts'
import type { MetricSeries } from '#model/metric.ts'
import type { Override } from '#model/override.ts'
import { type ProviderSet, providerSets } from '#model/provider-set.ts'
import { planHostname } from '#plan/plan-hostname.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import { observe } from '#signals/observe.ts'

export { applyRequest } from '#apply/apply-request.ts'
export { metricQueries, metricWindow } from '#signals/metric-queries.ts'

export type Memory = {
  readonly providers: Readonly<Record<string, ProviderMemory | undefined>>
  readonly sets: Readonly<Record<string, SetMemory | undefined>>
}

export type Situation = {
  readonly configuration: Configuration
  readonly series: readonly MetricSeries[]
  readonly memory: Memory
  readonly overrides: readonly Override[]
  /** What is known of Route 53; a hostname that is not in it has to be looked at first. */
  readonly records: ReadonlyMap<string, HostnameRecords>
  /** Epoch seconds. */
  readonly nowSeconds: number
}

export type Decided = { readonly decisions: readonly Decision[]; readonly memory: Memory }

export type Thought = Decided & {
  readonly plans: readonly Guarded[]
  /** Hostnames of which nothing is known. */
  readonly unseen: readonly string[]
}

/** signals → decision → plan → guards. What no guard lets through is not remembered as decided either. */
export function think(situation: Situation): Thought {
  const { decisions, memory } = decideAll(situation)
  const plans = planAll(situation, decisions)
  return { decisions, plans, memory: adopted(situation, memory, decisions, plans), unseen: unseen(situation) }
}

export function decideAll({ configuration, series, memory: before, overrides, nowSeconds }: Omit<Situation, 'records'>): Decided {
  const signals = observe(configuration, series, nowSeconds)
  let memory = before
  const decisions: Decision[] = []
  for (const set of providerSets(configuration.hostnames)) {
    // The memory of a provider goes from set to set, so that no window is integrated twice.
    const decided = decide({ ...setInput(configuration, set, memory), signals, overrides, nowSeconds })
    memory = { providers: { ...memory.providers, ...decided.memory.providers }, sets: { ...memory.sets, [set.id]: decided.memory.set } }
    decisions.push(decided.decision)
  }
  return { decisions, memory }
}

/** Made again, with the same decisions, when somebody else wrote in the meantime. */
export function planAll(
  { configuration, records }: Pick<Situation, 'configuration' | 'records'>,
  decisions: readonly Decision[],
): Guarded[] {
  return providerSets(configuration.hostnames).flatMap((set) => {
    const decision = decisions.find((candidate) => candidate.set === set.id)
    return decision === undefined ? [] : planSet(configuration, records, set, decision)
  })
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

/** Nothing is planned for a hostname nobody has looked at, nor before the first decision stands. */
function planSet(configuration: Configuration, records: Situation['records'], set: ProviderSet, decision: Decision): Guarded[] {
  if (decision.providers.every(({ share }) => share === 0)) return []
  return set.hostnames.flatMap((hostname) => {
    const known = records.get(hostname.hostname)
    if (known === undefined) return []
    const { providers, policy } = configuration
    const { observed, receipt } = known
    const returnWeight = policy.guards.returnWeight
    const plan = planHostname({ hostname, providers, decision, observed, lastFence: receipt?.fence, returnWeight })
    if (plan.changes.length === 0) return [{ kind: 'allowed', plan, shrunk: [] }]
    return [guard(plan, { hostname, providers, policy: policy.guards, observed })]
  })
}

/** A change that every hostname of the set was refused did not happen: the shares that stood go on standing. */
function adopted(situation: Situation, memory: Memory, decisions: readonly Decision[], plans: readonly Guarded[]): Memory {
  const sets = { ...memory.sets }
  for (const set of providerSets(situation.configuration.hostnames)) {
    const own = plans.filter(({ plan }) => set.hostnames.some(({ hostname }) => hostname === plan.hostname))
    const isChange = decisions.some((decision) => decision.set === set.id && decision.isChange)
    if (isChange && own.length > 0 && own.every(({ kind }) => kind === 'refused')) sets[set.id] = situation.memory.sets[set.id]
  }
  return { ...memory, sets }
}

function unseen({ configuration, records }: Situation): string[] {
  return configuration.hostnames.filter(({ hostname }) => !records.has(hostname)).map(({ hostname }) => hostname)
}
