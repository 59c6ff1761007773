// What the load generator is told and what it tells.
import type { Destination } from '#local/world/address-book.ts'

/** How a resolver treats the TTL of an answer: keeps to it, or keeps every answer for at least so long. */
export type ResolverKind = { readonly share: number; readonly keepsAtLeastSeconds: number }

/**
 * The mix the controller's benches use as well: most resolvers honour a TTL of 60 s, some keep 300 s (Route 53's advice on TTLs warns of such),
 * a few half an hour.
 */
export const RESOLVER_MIX: readonly ResolverKind[] = [
  { share: 0.9, keepsAtLeastSeconds: 0 },
  { share: 0.08, keepsAtLeastSeconds: 300 },
  { share: 0.02, keepsAtLeastSeconds: 1800 },
]

/** Demand in requests/s of the clock from `atSeconds` of the clock on, until the next step. */
export type DemandStep = { readonly atSeconds: number; readonly requestsPerSecond: number }

export type LoadSpec = {
  readonly hostnames: readonly string[]
  readonly dnsPort: number
  readonly resolvers: number
  /** Part of the resolvers whose clients use IPv6, 0–1. */
  readonly ipv6Share: number
  readonly mix: readonly ResolverKind[]
  readonly destinations: Readonly<Record<string, Destination>>
  readonly seed: number
}

export type LoadCommand = { readonly kind: 'demand'; readonly steps: readonly DemandStep[] } | { readonly kind: 'count' }

/** Since the start. `unresolved` had no address to go to. */
export type LoadCounts = {
  readonly providers: Readonly<Record<string, { readonly sent: number; readonly failed: number }>>
  readonly unresolved: number
  readonly dnsQueries: number
  /** By `versionKey`, of all providers. */
  readonly versions: Readonly<Record<string, { readonly sent: number; readonly failed: number }>>
  /** Requests/s of the clock that are wanted now. */
  readonly demand: number
  /** Requests under way. */
  readonly inFlight: number
}

export type FromLoad =
  | { readonly kind: 'counts'; readonly counts: LoadCounts }
  /** More requests are under way than the demand explains: the computer cannot keep up with the clock. */
  | { readonly kind: 'strained'; readonly isStrained: boolean }
