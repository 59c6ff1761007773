// The sweep: looks at every hostname, hands rebalance what differs from what it remembers, and removes health checks nobody names.
import { seenAgain } from '#apply/seen-again.ts'
import type { Configuration } from '#model/configuration.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import { sameRecords } from '#model/record-identity.ts'
import { type DnsZone, walkZone } from '#ports/dns-zone.ts'
import type { ListedHealthCheck } from '#ports/health-check-catalog.ts'
import type { RecordsStore } from '#ports/records-store.ts'
import { type RemovePorts, removeUnnamed } from './remove-unnamed.ts'

export type ReconcilePorts = RemovePorts & {
  readonly zone: Pick<DnsZone, 'list' | 'walk'>
  readonly records: Pick<RecordsStore, 'load' | 'put'>
  /** Starts a tick of rebalance with what was observed. */
  readonly handOver: (observed: readonly ObservedRecords[]) => Promise<void>
}

export type SweepReport = {
  readonly looked: number
  /** Hostnames for which there was no time, or whose zone could not be listed; the next sweep begins elsewhere. */
  readonly unseen: number
  /** One sentence for each zone that could not be listed, and for what keeps health checks from being removed. */
  readonly failures: readonly string[]
  /** Hostnames whose records are not what the table remembers. */
  readonly drifted: readonly string[]
  readonly removedHealthChecks: readonly ListedHealthCheck[]
}

export type SweepTime = {
  readonly isOver: () => boolean
  /** Where among the hostnames to begin, 0–1: another place each time, so that those at the end have their turn. */
  readonly begin: number
}

const UNHURRIED: SweepTime = { isOver: () => false, begin: 0 }

/** What is handed over is in the table already, so that a rebalance that is told of some finds all. */
export async function reconcile(configuration: Configuration, ports: ReconcilePorts, time: SweepTime = UNHURRIED): Promise<SweepReport> {
  const remembered = await ports.records.load()
  const observed: ObservedRecords[] = []
  const drifted: ObservedRecords[] = []
  const failures: string[] = []
  for await (const seen of sweep(configuration.hostnames, ports.zone, time, failures)) {
    observed.push(seen)
    const before = remembered.get(seen.hostname)
    if (before !== undefined && isSame(before.observed, seen)) continue
    // False: somebody wrote while we listed, and what they stored is newer.
    if (await ports.records.put(seenAgain(before, seen))) drifted.push(seen)
  }
  if (drifted.length > 0) await ports.handOver(asManyAsFit(drifted))
  const unseen = configuration.hostnames.length - observed.length
  return {
    looked: observed.length,
    unseen,
    failures,
    drifted: drifted.map(({ hostname }) => hostname),
    // Who has not seen everything cannot say that nothing names a check.
    removedHealthChecks:
      unseen > 0
        ? []
        : await removeUnnamed(configuration, [...observed, ...[...remembered.values()].map((known) => known.observed)], ports, failures),
  }
}

async function* sweep(
  hostnames: Configuration['hostnames'],
  zone: ReconcilePorts['zone'],
  { begin, isOver }: SweepTime,
  failures: string[],
): AsyncGenerator<ObservedRecords> {
  const first = Math.floor(begin * hostnames.length)
  for (const part of [hostnames.slice(first), hostnames.slice(0, first)]) {
    for (const [zoneId, group] of Map.groupBy(part, (policy) => policy.zoneId)) {
      if (isOver()) return
      const names = group.map(({ hostname }) => hostname)
      try {
        for await (const seen of walkZone(zone, zoneId, names)) {
          yield seen
          if (isOver()) return
        }
      } catch (error) {
        // One zone that is gone must not hide the others.
        failures.push(`zone ${zoneId} could not be listed: ${error}`)
      }
    }
  }
}

/** Lambda takes 1 MB of an asynchronous event, and took 256 KB for years (developer guide, "Lambda quotas"). At least one goes, however large. */
const MOST_BYTES = 200_000

function asManyAsFit(drifted: readonly ObservedRecords[]): ObservedRecords[] {
  let bytes = 0
  return drifted.filter((one, index) => {
    bytes += JSON.stringify(one).length
    return index === 0 || bytes <= MOST_BYTES
  })
}

function isSame(a: ObservedRecords, b: ObservedRecords): boolean {
  return (
    sameRecords(a.members, b.members) &&
    a.fence?.generation === b.fence?.generation &&
    a.fence?.sequence === b.fence?.sequence &&
    JSON.stringify(a.strangers) === JSON.stringify(b.strangers)
  )
}
