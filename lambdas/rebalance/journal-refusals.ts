// Journals what the guards refuse where plans are made: apply never sees those plans, and a person asks why nothing was written.
import type { Guarded } from '#guards/index.ts'
import { inParallel } from '#handler/in-parallel.ts'
import type { Configuration } from '#model/configuration.ts'
import { journalRefusal, refusalSignature } from '#pipeline.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import type { RebalancePorts } from './ports.ts'

/**
 * A plan that was let through and is to be written is left to apply, which knows what became of it.
 *
 * @param known what the tick began with; a hostname whose refusal is the one that stands costs nothing
 */
export async function journalRefusals(
  plans: readonly Guarded[],
  { hostnames }: Pick<Configuration, 'hostnames'>,
  known: ReadonlyMap<string, HostnameRecords>,
  nowSeconds: number,
  ports: Pick<RebalancePorts, 'records' | 'journal'>,
): Promise<void> {
  const observed = new Set(hostnames.flatMap(({ hostname, mode }) => (mode === 'observe' ? [hostname] : [])))
  const news = plans
    .filter(({ kind, plan }) => kind === 'refused' || plan.changes.length === 0 || observed.has(plan.hostname))
    .map((one) => ({ hostname: one.plan.hostname, refusals: one.kind === 'refused' ? one.refusals : [] }))
    .filter(({ hostname, refusals }) => refusalSignature(refusals) !== known.get(hostname)?.refused)
  if (news.length === 0) return
  // Read again: whoever wrote since left a receipt that must not be put back.
  const stored = await ports.records.load()
  await inParallel(news, ({ hostname, refusals }) => journalRefusal(hostname, refusals, stored.get(hostname), nowSeconds, ports))
}
