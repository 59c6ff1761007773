// Starts the simulated clouds with their agents, and writes the address book that leads to them.
import type { InProcessAws } from '#local/aws/in-process-aws.ts'
import type { LocalClock } from '#local/clock/local-clock.ts'
import { registerAgentRole } from '#local/clouds/agent-roles.ts'
import { type CloudSpec, type CloudState, type ServedVersion, versionKey } from '#local/clouds/cloud-spec.ts'
import { type Agents, startAgents } from '#local/clouds/start-agents.ts'
import { type Cloud, startCloud } from '#local/clouds/start-cloud.ts'
import type { Configuration } from '#model/configuration.ts'
import { type AddressBook, createAddressBook } from './address-book.ts'
import { ROOT } from './client-settings.ts'

export type StartCloudsOptions = {
  readonly configuration: Pick<Configuration, 'providers' | 'stage' | 'homeRegion'>
  readonly specs: readonly CloudSpec[]
  readonly clock: LocalClock
  readonly aws: Pick<InProcessAws, 'url' | 'iam' | 'cloudwatch'>
  readonly requestsPerRequest: number
  readonly onAgentError: (error: unknown) => void
}

export type SeenCloud = { readonly provider: string; readonly state: CloudState; readonly isSilent: boolean }

export interface Clouds {
  readonly book: AddressBook
  readonly agents: Agents
  cloudOf(provider: string): Cloud
  look(): Promise<SeenCloud[]>
  close(): Promise<void>
}

export async function startClouds({
  configuration,
  specs,
  clock,
  aws,
  requestsPerRequest,
  onAgentError,
}: StartCloudsOptions): Promise<Clouds> {
  const { providers, stage, homeRegion } = configuration
  const clouds = await Promise.all(specs.map((spec) => startCloud(spec, clock.origin)))
  const cloudOf = (provider: string) => {
    const found = clouds.find((cloud) => cloud.provider === provider)
    if (found === undefined) throw new Error(`no cloud is simulated for ${provider}`)
    return found
  }
  const keys = new Map(providers.map((provider) => [provider.name, registerAgentRole(aws.iam, stage, provider)]))
  const credentialsOf = (provider: string) => keys.get(provider) ?? ROOT
  const agents = startAgents({
    ...{ stage, homeRegion, providers, cloudOf, clock, credentialsOf, requestsPerRequest },
    endpoint: aws.url,
    publishAsService: aws.cloudwatch.publish,
    onError: onAgentError,
  })
  const portOf = (provider: string, of?: ServedVersion) => {
    const { port, versionPorts } = cloudOf(provider)
    return (of === undefined ? undefined : versionPorts[versionKey(of)]) ?? port
  }
  return {
    book: createAddressBook(providers, portOf),
    agents,
    cloudOf,
    look: () =>
      Promise.all(
        clouds.map(async (cloud) => ({ provider: cloud.provider, state: await cloud.state(), isSilent: agents.isSilent(cloud.provider) })),
      ),
    async close() {
      agents.stop()
      await Promise.all(clouds.map((cloud) => cloud.close()))
    },
  }
}
