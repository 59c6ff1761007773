// The configuration that a set-up stands for.
import type { Configuration } from '#model/configuration.ts'
import { Policy } from '#model/policy.ts'
import type { Address, Provider } from '#model/provider.ts'
import { aHostname, aProvider } from '#test/builders/configuration.ts'
import type { Setup } from '../history.ts'

/** The documented defaults: nothing is tuned to a history. */
export const POLICY = Policy.parse({ mode: 'enforce' })

export function configurationOf(setup: Setup): Configuration {
  const last = setup.clouds.length - 1
  return {
    stage: 'test',
    homeRegion: 'us-east-1',
    policy: POLICY,
    providers: setup.clouds.map(({ name, rating }, index): Provider => {
      const hasIpv6 = setup.families === 'both' || (setup.families === 'torn' && index < last)
      const address: Address = { ipv4: `192.0.2.${10 + index}`, ...(hasIpv6 ? { ipv6: `2001:db8::${10 + index}` } : {}) }
      return aProvider({ name, rating, endpoints: [{ name: 'edge', address, healthCheckId: `hc-${name}` }] })
    }),
    hostnames: setup.hostnames.map(({ hostname, ttlSeconds, mode }) =>
      aHostname({
        hostname,
        mode,
        ttlSeconds,
        providers: setup.clouds.map(({ name, minShare, maxShare }) => ({ provider: name, minShare, maxShare })),
      }),
    ),
  }
}

/** A deployment that replaced the health check of one cloud: its settings are partly immutable. */
export function withNewCheck(configuration: Configuration, cloud: string, healthCheckId: string): Configuration {
  const providers = configuration.providers.map((provider) =>
    provider.name === cloud ? { ...provider, endpoints: provider.endpoints.map((endpoint) => ({ ...endpoint, healthCheckId })) } : provider,
  )
  return { ...configuration, providers }
}
