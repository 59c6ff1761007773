// Removes the health checks of the stage that nothing names any more.
import type { Configuration } from '#model/configuration.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import type { HealthCheckCatalog, ListedHealthCheck } from '#ports/health-check-catalog.ts'
import type { RecordsStore } from '#ports/records-store.ts'

export type RemovePorts = {
  readonly healthChecks: HealthCheckCatalog
  readonly goodPlans: Pick<GoodPlanStore, 'load' | 'unreadable'>
  readonly records: Pick<RecordsStore, 'unreadable'>
}

/** So many items are told by their keys. */
const TOLD = 5

/**
 * Route 53 deletes a health check that records still name, and what those records then do cannot be predicted (API reference, DeleteHealthCheck). So a
 * check goes only when nothing names it: no record, no configuration, no last good plan. `known`: what was seen, and what is remembered of hostnames that
 * were taken out of the file, whose records nobody deletes.
 */
export async function removeUnnamed(
  configuration: Configuration,
  known: readonly ObservedRecords[],
  { healthChecks, goodPlans, records }: RemovePorts,
  failures: string[],
): Promise<ListedHealthCheck[]> {
  const good = (await goodPlans.load()).flatMap(({ members, previous }) => [...members, ...(previous?.members ?? [])])
  const named = new Set([
    ...configuration.providers.flatMap(({ endpoints }) => endpoints.map(({ healthCheckId }) => healthCheckId)),
    ...[...known.flatMap(({ members }) => members), ...good].map(({ healthCheckId }) => healthCheckId),
  ])
  const unnamed = (await healthChecks.list(configuration.stage)).filter(({ id }) => !named.has(id))
  if (unnamed.length === 0) return []
  // What cannot be read may name any of them.
  const unread = [
    ...(await records.unreadable()).map((hostname) => `records ${hostname}`),
    ...(await goodPlans.unreadable()).map((hostname) => `good ${hostname}`),
  ]
  if (unread.length > 0) {
    const items = `${unread.slice(0, TOLD).join(', ')}${unread.length > TOLD ? ` and ${unread.length - TOLD} more` : ''}`
    failures.push(
      `no health check is removed: items of the state table cannot be read; delete them if they are of no use (pk sk): ${items}`,
    )
    return []
  }
  for (const { id } of unnamed) await healthChecks.remove(id)
  return unnamed
}
