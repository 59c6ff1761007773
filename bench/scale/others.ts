// What others would ask of Route 53 for the same hostnames: their documented call patterns, computed. None of them reads a signal or knows capacity.
import { PROVIDERS } from './subject.ts'

export type Pattern = {
  readonly name: string
  /** Undefined: it runs when somebody starts it. */
  readonly runsPerHour?: number
  /** Route 53 requests of a run that finds nothing to do. */
  readonly quiet: number
  /** Route 53 requests of a run that changes so many hostnames. */
  readonly change: (changed: number) => number
}

const pages = (items: number, perPage: number) => Math.ceil(items / perPage)

/** The zone's own NS and SOA. */
const APEX = 2

/**
 * external-dns with its defaults: TXT registry, a run a minute (docs/flags.md, --interval).
 *
 * Each run lists the zones and every record of them, up to 300 a page (docs/rate-limits.md: "by design … refreshes all the records of a zone using API
 * calls"; provider/aws/aws.go, route53PageSize and Records). Beside each weighted record stands a TXT record of the registry (docs/registry/txt.md), and both
 * are written by UPSERT (aws.go, createUpdateChanges). A batch holds at most 1,000 changes, 1,000 values and 32,000 bytes, where an UPSERT counts twice
 * (docs/flags.md, --aws-batch-change-size, -size-values, -size-bytes; Route 53 developer guide, "Quotas"). All records of a name go in one batch.
 */
export function externalDns(hostnames: number): Pattern {
  const records = PROVIDERS.length * 2
  const addressBytes = '192.0.2.10'.length
  const registryBytes = '"heritage=external-dns,external-dns/owner=default,external-dns/resource=service/default/s0000"'.length
  const bytes = PROVIDERS.length * (addressBytes + registryBytes) * 2
  const perBatch = Math.floor(Math.min(1000 / records, 1000 / (records * 2), 32_000 / bytes))
  const quiet = 1 + pages(hostnames * records + APEX, 300)
  return { name: 'external-dns', runsPerHour: 60, quiet, change: (changed) => quiet + pages(changed, perBatch) }
}

/**
 * octoDNS with a dynamic record a hostname: one pool of three weighted values, one rule.
 *
 * Each run lists the zones, every record of the zone, and every health check in pages of 100, of which it makes one for every value of every record
 * (octodns-route53, provider.py: list_zones, _load_records, health_checks, _new_dynamic). The record becomes a default, a primary and a secondary of the pool,
 * its values and the rule. A change upserts all of them; a batch holds fewer than 1,000 values (_apply), aliases have none.
 */
export function octoDns(hostnames: number): Pattern {
  const values = PROVIDERS.length
  const records = 1 + 2 + values + 1
  const perBatch = Math.floor(999 / (1 + values))
  const quiet = 1 + pages(hostnames * records + APEX, 300) + pages(hostnames * values, 100)
  return { name: 'octoDNS', quiet, change: (changed) => quiet + pages(changed, perBatch) }
}
