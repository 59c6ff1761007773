// What part of a provider's share each version of the service gets: as the split says, as far as the versions are still there.
import { endpointsFor } from '#model/endpoints-for.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { Provider } from '#model/provider.ts'
import type { Split } from '#model/split.ts'

/** Version and share, 0–1, adding up to 1; one entry without a version where the hostname has no service. */
export type VersionShare = { readonly version: string | undefined; readonly share: number }

/** Where nothing of a split is left in the configuration, the stable version gets everything: a name must be answered. */
export function versionSharesAt(hostname: HostnamePolicy, provider: Provider, split: Split | undefined): VersionShare[] {
  const { service } = hostname
  if (service === undefined) return [{ version: undefined, share: 1 }]
  const known = Object.entries(split?.versionShares ?? {}).filter(([version]) => endpointsFor(hostname, provider, version).length > 0)
  const total = known.reduce((sum, [, share]) => sum + share, 0)
  if (total <= 0) return [{ version: service.stable, share: 1 }]
  return known.map(([version, share]) => ({ version, share: share / total }))
}
