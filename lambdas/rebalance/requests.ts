// What a tick asks of apply: which plans in which order, which looks, which confirmations.
import type { Configuration } from '#model/configuration.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyOutcome, ApplyRequest, Receipt } from '#model/receipt.ts'
import type { Thought } from '#pipeline.ts'
import type { HostnameRecords } from '#ports/records-store.ts'

export const NOTHING: ApplyRequest = { rollbacks: [], plans: [], look: [], confirm: [] }

/** Hostnames of which nothing is known, to be looked at. */
export function unseen({ hostnames }: Configuration, records: ReadonlyMap<string, HostnameRecords>): string[] {
  return hostnames.flatMap(({ hostname }) => (records.has(hostname) ? [] : [hostname]))
}

/** Changes of earlier ticks that were not yet in sync, but for those that this tick has already replaced. */
export function unconfirmed(records: ReadonlyMap<string, HostnameRecords>, outcomes: readonly ApplyOutcome[]): Receipt[] {
  const replaced = new Set(outcomes.flatMap(({ kind, hostname }) => (kind === 'applied' ? [hostname] : [])))
  return [...records.values()].flatMap(({ receipt }) =>
    receipt !== undefined && receipt.inSyncAt === undefined && !replaced.has(receipt.hostname) ? [receipt] : [],
  )
}

/** Whoever was written longest ago comes first, so that what did not fit into a tick leads the next. */
export function plansToWrite({ hostnames }: Configuration, plans: Thought['plans'], records: ReadonlyMap<string, HostnameRecords>): Plan[] {
  const enforced = new Set(hostnames.filter(({ mode }) => mode === 'enforce').map(({ hostname }) => hostname))
  const writtenAt = ({ hostname }: Plan) => records.get(hostname)?.receipt?.submittedAt ?? 0
  return plans
    .flatMap(({ kind, plan }) => (kind === 'allowed' && plan.changes.length > 0 && enforced.has(plan.hostname) ? [plan] : []))
    .toSorted((a, b) => writtenAt(a) - writtenAt(b))
}
