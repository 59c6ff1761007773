// The plans of all hostnames that somebody has looked at and for which a decision stands.
import { decisionFor } from '#decision/decide-sets.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Decision } from '#model/decision.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import { type Override, pinOf } from '#model/override.ts'
import type { Plan } from '#model/plan.ts'
import type { Receipt } from '#model/receipt.ts'
import { type Split, splitOf } from '#model/split.ts'
import { planHostname } from './plan-hostname.ts'

export type PlansInput = {
  readonly configuration: Configuration
  readonly decisions: readonly Decision[]
  readonly overrides: readonly Override[]
  readonly splits?: readonly Split[] | undefined
  readonly records: ReadonlyMap<string, { readonly observed: ObservedRecords; readonly receipt?: Receipt | undefined }>
}

/** One plan a hostname, in the order of the configuration; a plan without changes says that nothing is to be done. */
export function planHostnames({ configuration, decisions, overrides, splits = [], records }: PlansInput): Plan[] {
  const { providers, hostnames, policy } = configuration
  return hostnames.flatMap((hostname) => {
    const known = records.get(hostname.hostname)
    const decision = decisionFor(decisions, hostname)
    // Before the first decision stands all shares are 0: there is nothing to write yet.
    if (known === undefined || decision === undefined || decision.providers.every(({ share }) => share === 0)) return []
    const pin = pinOf(overrides, hostname.hostname)
    return planHostname({
      hostname,
      providers,
      decision,
      observed: known.observed,
      receipt: known.receipt,
      generation: pin?.generation,
      restored: pin?.members === undefined ? undefined : { members: pin.members, since: pin.createdAt },
      split: splitOf(splits, hostname.hostname),
      returnWeight: policy.guards.returnWeight,
    })
  })
}
