// The table of contents: the whole way from raw datapoints to records, once round.
//
//   signals ──► decision ──► plan ──► guards ──► apply ──► receipt
//    pure        pure        pure      pure      ports     journal
//
// `think` is everything before the wire: a pure function of its argument. `applyRequest` is the rest. rebalance, the command
// line's dry run, the benches and the tests go through here; the function apply imports its own stage alone, so that its bundle holds nothing that decides.
import { type Decided, decideSets, type Memory } from '#decision/decide-sets.ts'
import { adopted } from '#guards/adopted.ts'
import { type Guarded, guard } from '#guards/index.ts'
import type { Configuration } from '#model/configuration.ts'
import type { MetricSeries } from '#model/metric.ts'
import type { Override } from '#model/override.ts'
import type { Split } from '#model/split.ts'
import { planHostnames } from '#plan/plan-hostnames.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import { observe } from '#signals/observe.ts'

export { applyRequest } from '#apply/apply-request.ts'
export { contextOf } from '#apply/context-of.ts'
export { journalRefusal, refusalSignature } from '#apply/journal-refusal.ts'
export { policyToRollBack, rollbackPlan } from '#apply/rollback-plan.ts'
export { seenAgain } from '#apply/seen-again.ts'
export type { Memory } from '#decision/decide-sets.ts'
export { metricQueries, metricWindow } from '#signals/metric-queries.ts'

export type Situation = {
  readonly configuration: Configuration
  readonly series: readonly MetricSeries[]
  readonly memory: Memory
  /** Those in force. */
  readonly overrides: readonly Override[]
  /** How canaries split the traffic of hostnames; none for most. */
  readonly splits?: readonly Split[] | undefined
  /** What is known of Route 53; a hostname that is not in it has to be looked at first. */
  readonly records: ReadonlyMap<string, HostnameRecords>
  /** Epoch seconds. */
  readonly nowSeconds: number
}

export type Thought = Decided & { readonly plans: readonly Guarded[] }

/** signals → decision → plan → guards. What no guard lets through is not remembered as decided either. */
export function think(situation: Situation): Thought {
  const signals = observe(situation.configuration, situation.series, situation.nowSeconds)
  const decided = decideSets({ ...situation, signals })
  const plans = planAndGuard(situation, decided.decisions)
  return { decisions: decided.decisions, memory: adopted(situation.memory, decided, plans, situation.configuration), plans }
}

/** Made again, with the same decisions, when somebody else wrote in the meantime. */
export function planAndGuard(situation: Omit<Situation, 'series' | 'memory'>, decisions: Decided['decisions']): Guarded[] {
  const { configuration, records, overrides, splits, nowSeconds } = situation
  const { providers, policy } = configuration
  return planHostnames({ configuration, decisions, overrides, splits, records }).map((plan) => {
    const hostname = configuration.hostnames.find((candidate) => candidate.hostname === plan.hostname)
    if (hostname === undefined || plan.changes.length === 0) return { kind: 'allowed', plan, shrunk: [] }
    const { repairs, isOurs, receipt } = records.get(plan.hostname) ?? {}
    const known = { observed: plan.observed, lastFence: receipt?.fence, overrides, repairs, isOurs }
    return guard(plan, { hostname, providers, policy: policy.guards, ...known, nowSeconds })
  })
}
