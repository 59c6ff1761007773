// Configuration → the values of its parameters, one for the policy, one for each provider and hostname.
import type { Configuration } from '#model/configuration.ts'
import { digestOf } from './digest.ts'
import { entryParameter, stageParameter } from './parameter-names.ts'

/** `/sluice/<stage>/stack`: what the command line needs to find the installation. */
export type StackNames = {
  readonly table: string
  readonly functions: { readonly rebalance: string; readonly apply: string; readonly reconcile: string }
  /** `machine` is an ARN, `step` the function that takes operators' orders, `judge` the one that looks before a start, `bus` hears of every transition. */
  readonly canary: { readonly machine: string; readonly step: string; readonly judge: string; readonly bus: string }
}

/** The health check of an endpoint; a deployment may answer with a placeholder that it fills in later. */
export type HealthCheckIdOf = (provider: string, endpoint: string) => string

/** Parameter name → JSON. `parseParameters` reads it back; the digest in `policy` tells whether all belong together. */
export function configurationParameters(configuration: Configuration, healthCheckIdOf: HealthCheckIdOf): Map<string, string> {
  const { stage, homeRegion, alarmTopicArn, policy, providers, hostnames } = configuration
  const parameters = new Map<string, string>()
  parameters.set(
    stageParameter(stage, 'policy'),
    JSON.stringify({ digest: digestOf(configuration), stage, homeRegion, alarmTopicArn, policy }),
  )
  for (const provider of providers) {
    const endpoints = provider.endpoints.map((endpoint) => ({ ...endpoint, healthCheckId: healthCheckIdOf(provider.name, endpoint.name) }))
    parameters.set(entryParameter(stage, 'providers', provider.name), JSON.stringify({ ...provider, endpoints }))
  }
  for (const hostname of hostnames) parameters.set(entryParameter(stage, 'hostnames', hostname.hostname), JSON.stringify(hostname))
  return parameters
}
