// Carries out what is done to versions of a service and to canaries, and says in a sentence what was done.
import { type ServedVersion, type SlowTail, versionKey } from '#local/clouds/cloud-spec.ts'
import type { Agents } from '#local/clouds/start-agents.ts'
import type { Cloud } from '#local/clouds/start-cloud.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Action } from './action.ts'
import type { CanaryDesk } from './canary-desk.ts'

export type VersionHands = {
  readonly configuration: Pick<Configuration, 'providers' | 'hostnames'>
  readonly cloudOf: (provider: string) => Cloud
  readonly agents: Pick<Agents, 'silenceVersion'>
  readonly canaries: Pick<CanaryDesk, 'start' | 'order' | 'stopExecution'>
}

const ORDERS = {
  canaryApprove: 'approve',
  canaryHold: 'hold',
  canaryResume: 'resume',
  canaryPromote: 'promote',
  canaryAbort: 'abort',
} as const
const KINDS = ['breakVersion', 'silenceVersion', 'unsilenceVersion', 'canaryStart', 'canaryShift', 'stopExecution'] as const

export type VersionAction = Extract<Action, { action: (typeof KINDS)[number] | keyof typeof ORDERS }>

export function isOfVersions(action: Action): action is VersionAction {
  return (KINDS as readonly string[]).includes(action.action) || action.action in ORDERS
}

/** Rejects when the product refused, or when the configuration has no such version; the message says why. */
export async function performOnVersions(
  action: VersionAction,
  { configuration, cloudOf, agents, canaries }: VersionHands,
): Promise<string> {
  const service = ('service' in action ? action.service : undefined) ?? onlyService(configuration)
  const hostname = ('hostname' in action ? action.hostname : undefined) ?? hostnameOf(service, configuration)
  switch (action.action) {
    case 'breakVersion': {
      const of = { service, version: action.version }
      const { failing, slower, slowTail, isStopped } = action
      const behaviour = defined({ failing, slower, slowTail, isStopped })
      const places = placesOf(of, action.provider, configuration)
      await Promise.all(places.map((provider) => cloudOf(provider).command({ kind: 'version', of, behaviour })))
      return `${versionKey(of)} at ${places.join(' and ')}: ${behaviourText(behaviour)}`
    }
    case 'silenceVersion':
    case 'unsilenceVersion': {
      const of = { service, version: action.version }
      placesOf(of, undefined, configuration)
      const isSilent = action.action === 'silenceVersion'
      agents.silenceVersion(of, isSilent)
      return isSilent ? `nothing is published of ${versionKey(of)} any more` : `${versionKey(of)} is published again`
    }
    case 'canaryStart':
      return canaries.start({ service, version: action.version, author: action.author, reason: action.reason })
    case 'canaryShift': {
      const { provider, part, author, reason } = action
      return canaries.start({ hostname, provider, part, author, reason })
    }
    case 'stopExecution':
      await canaries.stopExecution(hostname)
      return `somebody stops the execution that holds ${hostname}`
    default:
      return canaries.order({ action: ORDERS[action.action], hostname, author: action.author, reason: action.reason })
  }
}

function onlyService({ hostnames }: VersionHands['configuration']): string {
  const services = hostnames.flatMap(({ service }) => service?.name ?? [])
  return services[0] ?? ''
}

function hostnameOf(service: string, { hostnames }: VersionHands['configuration']): string {
  return (hostnames.find((one) => one.service?.name === service) ?? hostnames[0])?.hostname ?? ''
}

/** The providers that run it. */
function placesOf(of: ServedVersion, provider: string | undefined, { providers }: VersionHands['configuration']): string[] {
  const own = providers.filter(({ name, endpoints }) => {
    const runs = endpoints.some((endpoint) => endpoint.of !== undefined && versionKey(endpoint.of) === versionKey(of))
    return runs && (provider === undefined || name === provider)
  })
  if (own.length === 0) throw new Error(`${provider ?? 'no provider'} has ${provider === undefined ? 'a' : 'no'} version ${versionKey(of)}`)
  return own.map(({ name }) => name)
}

type Behaviour = { failing?: number; slower?: number; slowTail?: SlowTail; isStopped?: boolean }

function defined(behaviour: { [Key in keyof Behaviour]: Behaviour[Key] | undefined }): Behaviour {
  return Object.fromEntries(Object.entries(behaviour).filter(([, value]) => value !== undefined))
}

function behaviourText({ failing, slower, slowTail, isStopped }: Behaviour): string {
  return [
    ...(failing === undefined ? [] : [`${percent(failing)} of its requests fail`]),
    ...(slower === undefined ? [] : [`it takes ${slower} times as long`]),
    ...(slowTail === undefined ? [] : [`${percent(slowTail.share)} of its requests take ${slowTail.seconds} s longer`]),
    ...(isStopped === undefined ? [] : [isStopped ? 'it is gone' : 'it is back']),
  ].join(', ')
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`
}
