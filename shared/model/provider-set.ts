// The providers that serve a hostname together. Hostnames on the same set share one decision.
import type { HostnamePolicy } from './hostname.ts'

/** Names in alphabetical order, joined: `aws+hetzner`. */
export type ProviderSetId = string

/** The identity of a decision: the providers, and the bounds on their shares, because bounds change the result. */
export function providerSetId(hostname: HostnamePolicy): ProviderSetId {
  return hostname.providers
    .map(({ provider, minShare, maxShare }) => (minShare === 0 && maxShare === 1 ? provider : `${provider}[${minShare}-${maxShare}]`))
    .toSorted()
    .join('+')
}

/** Hostnames that share one decision, in the order of the configuration. */
export type ProviderSet = { readonly id: ProviderSetId; readonly hostnames: readonly [HostnamePolicy, ...HostnamePolicy[]] }

export function providerSets(hostnames: readonly HostnamePolicy[]): ProviderSet[] {
  return [...Map.groupBy(hostnames, providerSetId)].map(([id, group]) => ({
    id,
    hostnames: group as [HostnamePolicy, ...HostnamePolicy[]],
  }))
}

/** Decisions about one held hostname are recorded under this name. */
export function heldSetId(hostname: string): string {
  return `hostname:${hostname}`
}

/** True when a set id names a hostname whose shares somebody holds. */
export function isHeldSetId(set: string): boolean {
  return set.startsWith('hostname:')
}
