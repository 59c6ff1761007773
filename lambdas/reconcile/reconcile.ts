// The sweep: looks at every hostname, hands rebalance what differs from what it remembers, and removes health checks nobody names.
import type { Configuration } from '#model/configuration.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import { sameRecords } from '#model/record-identity.ts'
import type { DnsZone } from '#ports/dns-zone.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import type { HealthCheckCatalog, ListedHealthCheck } from '#ports/health-check-catalog.ts'
import type { RecordsStore } from '#ports/records-store.ts'

export type ReconcilePorts = {
  readonly zone: Pick<DnsZone, 'list'>
  readonly records: Pick<RecordsStore, 'load' | 'put'>
  readonly healthChecks: HealthCheckCatalog
  readonly goodPlans: Pick<GoodPlanStore, 'load'>
  /** Starts a tick of rebalance with what was observed. */
  readonly handOver: (observed: readonly ObservedRecords[]) => Promise<void>
}

export type SweepReport = {
  readonly looked: number
  /** Hostnames whose records are not what the table remembers. */
  readonly drifted: readonly string[]
  readonly removedHealthChecks: readonly ListedHealthCheck[]
}

export async function reconcile(configuration: Configuration, ports: ReconcilePorts): Promise<SweepReport> {
  const remembered = await ports.records.load()
  const observed: ObservedRecords[] = []
  const drifted: ObservedRecords[] = []
  for (const { hostname, zoneId } of configuration.hostnames) {
    const seen = await ports.zone.list(zoneId, hostname)
    observed.push(seen)
    const before = remembered.get(hostname)
    if (before !== undefined && isSame(before.observed, seen)) continue
    // False: somebody wrote while we listed, and what they stored is newer.
    if (await ports.records.put({ observed: seen, receipt: before?.receipt, repairs: before?.repairs })) drifted.push(seen)
  }
  if (drifted.length > 0) await ports.handOver(drifted)
  return {
    looked: observed.length,
    drifted: drifted.map(({ hostname }) => hostname),
    removedHealthChecks: await removeUnnamed(configuration, observed, ports),
  }
}

function isSame(a: ObservedRecords, b: ObservedRecords): boolean {
  return (
    sameRecords(a.members, b.members) &&
    a.fence?.generation === b.fence?.generation &&
    a.fence?.sequence === b.fence?.sequence &&
    JSON.stringify(a.strangers) === JSON.stringify(b.strangers)
  )
}

/** A record that names a deleted health check behaves unpredictably, so a check goes only when nothing names it: no record, no configuration, no last good plan. */
async function removeUnnamed(
  configuration: Configuration,
  observed: readonly ObservedRecords[],
  { healthChecks, goodPlans }: Pick<ReconcilePorts, 'healthChecks' | 'goodPlans'>,
): Promise<ListedHealthCheck[]> {
  const good = (await goodPlans.load()).flatMap(({ members, previous }) => [...members, ...(previous?.members ?? [])])
  const named = new Set([
    ...configuration.providers.flatMap(({ endpoints }) => endpoints.map(({ healthCheckId }) => healthCheckId)),
    ...[...observed.flatMap(({ members }) => members), ...good].map(({ healthCheckId }) => healthCheckId),
  ])
  const unnamed = (await healthChecks.list(configuration.stage)).filter(({ id }) => !named.has(id))
  for (const { id } of unnamed) await healthChecks.remove(id)
  return unnamed
}
