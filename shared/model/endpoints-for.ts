// Which endpoints of a provider answer for a hostname: the ingress, or the endpoints of the versions of its service.
import type { HostnamePolicy } from './hostname.ts'
import type { Endpoint, Provider } from './provider.ts'

/** Endpoints of the ingress itself: they belong to no service, and their checks say what the provider is. */
export function ingressEndpoints({ endpoints }: Pick<Provider, 'endpoints'>): Endpoint[] {
  return endpoints.filter((endpoint) => endpoint.of === undefined)
}

/** Empty for a version that has no endpoint at the provider. Without a service the version does not matter. */
export function endpointsFor(
  { service }: Pick<HostnamePolicy, 'service'>,
  provider: Pick<Provider, 'endpoints'>,
  version?: string,
): Endpoint[] {
  if (service === undefined) return ingressEndpoints(provider)
  return provider.endpoints.filter(({ of }) => of?.service === service.name && (version === undefined || of.version === version))
}
