// A small, complete configuration: two clouds, one hostname; override what a test is about.
import { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { Policy } from '#model/policy.ts'
import type { Provider } from '#model/provider.ts'

export const HOSTNAME = 'media.example.com'
export const ZONE = 'Z0123456789'

export function aProvider(overrides: Partial<Provider> = {}): Provider {
  const name = overrides.name ?? 'aws'
  return {
    name,
    rating: 500,
    endpoints: [{ name: 'edge', address: { ipv4: name === 'aws' ? '192.0.2.10' : '198.51.100.10' }, healthCheckId: `hc-${name}` }],
    healthCheck: { protocol: 'HTTP', port: 80, path: '/healthz', intervalSeconds: 10, failureThreshold: 3 },
    signals: {
      capacity: aSource(name, 'Capacity', 'Average'),
      load: aSource(name, 'Requests', 'Sum'),
      errors: aSource(name, 'Failures', 'Sum'),
      utilisation: null,
      latency: null,
    },
    ...overrides,
  }
}

function aSource(provider: string, metric: string, stat: 'Sum' | 'Average') {
  return { namespace: 'Sluice', metric, dimensions: { Stage: 'test', Provider: provider }, stat, region: 'us-east-1', scale: 1 }
}

export function aHostname(overrides: Partial<HostnamePolicy> = {}): HostnamePolicy {
  return {
    hostname: HOSTNAME,
    zoneId: ZONE,
    mode: 'enforce',
    ttlSeconds: 60,
    providers: [
      { provider: 'aws', minShare: 0, maxShare: 1 },
      { provider: 'hetzner', minShare: 0, maxShare: 1 },
    ],
    ...overrides,
  }
}

export function aConfiguration(overrides: Partial<Configuration> = {}): Configuration {
  return Configuration.parse({
    stage: 'test',
    homeRegion: 'us-east-1',
    policy: Policy.parse({ mode: 'enforce' }),
    providers: [aProvider(), aProvider({ name: 'hetzner', rating: 300 })],
    hostnames: [aHostname()],
    ...overrides,
  })
}
