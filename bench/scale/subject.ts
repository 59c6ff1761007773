// What is measured: a stage with N hostnames on three providers, all healthy, as a deployment would leave it.
import { functionName, HANDLER_NAMES } from '#cdk/handlers.ts'
import { configurationParameters } from '#config/configuration-parameters.ts'
import { defaultSignal } from '#config/default-signals.ts'
import type { FunctionHost, FunctionRegistry } from '#local/aws/lambda/function-host.ts'
import { Configuration } from '#model/configuration.ts'
import { Policy } from '#model/policy.ts'
import { MeasuredSignal } from '#model/provider.ts'

export const STAGE = 'scale'
export const ZONE_ID = 'Z0SCALE00000000'
export const TABLE = 'sluice-scale'
export const PROVIDERS = ['aws', 'hetzner', 'ovh'] as const
/** Requests/s each provider can serve and is asked for. */
export const CAPACITY = { aws: 500, hetzner: 300, ovh: 200 } as const

/** `healthCheckIds` in the order of `PROVIDERS`. */
export function aConfiguration(hostnames: number, healthCheckIds: readonly string[]): Configuration {
  return Configuration.parse({
    stage: STAGE,
    homeRegion: 'us-east-1',
    policy: Policy.parse({ mode: 'enforce' }),
    providers: PROVIDERS.map((name, index) => ({
      name,
      rating: CAPACITY[name],
      endpoints: [{ name: 'edge', address: { ipv4: `192.0.2.${10 + index}` }, healthCheckId: healthCheckIds[index] }],
      healthCheck: { protocol: 'HTTP', port: 80, path: '/healthz', intervalSeconds: 10, failureThreshold: 3 },
      signals: Object.fromEntries(MeasuredSignal.options.map((signal) => [signal, defaultSignal(signal, STAGE, name, 'us-east-1')])),
    })),
    // In the order in which the parameters are read back: the digest depends on it.
    hostnames: Array.from({ length: hostnames }, (_, index) => ({
      hostname: `s${String(index).padStart(4, '0')}.example.com`,
      zoneId: ZONE_ID,
      mode: 'enforce',
      ttlSeconds: 60,
      providers: PROVIDERS.map((provider) => ({ provider, minShare: 0, maxShare: 1 })),
    })),
  })
}

export function parametersOf(configuration: Configuration): ReadonlyMap<string, string> {
  const idOf = (name: string) => configuration.providers.find((provider) => provider.name === name)?.endpoints[0]?.healthCheckId ?? ''
  return configurationParameters(configuration, idOf)
}

/** The functions as Lambda knows them; `host` runs them. */
export function registerFunctions(registry: FunctionRegistry, host: FunctionHost): void {
  for (const name of HANDLER_NAMES) {
    const arn = `arn:aws:lambda:us-east-1:123456789012:function:${functionName(STAGE, name)}`
    registry.register({ functionName: functionName(STAGE, name), arn, roleArn: 'arn:aws:iam::123456789012:role/scale' })
  }
  registry.setHost(host)
}
