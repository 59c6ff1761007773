// Carries out an action on the running system and says in a sentence what was done.
import type { Agents } from '#local/clouds/start-agents.ts'
import type { Action } from './action.ts'
import type { Operator } from './operator.ts'
import { isOfVersions, performOnVersions, type VersionAction, type VersionHands } from './perform-on-versions.ts'

export type Hands = VersionHands & {
  readonly agents: Pick<Agents, 'silence' | 'unsilence'>
  readonly operator: Pick<Operator, 'request'>
  readonly nowSeconds: () => number
}

/** An override of the page lasts an hour of the clock; what must last longer belongs in the configuration. */
const DRAIN_SECONDS = 3600

/** Rejects when the product refused; the message is what it said. */
export async function perform(action: Action, hands: Hands): Promise<string> {
  return isOfVersions(action) ? performOnVersions(action, hands) : performOnProvider(action, hands)
}

async function performOnProvider(
  action: Exclude<Action, VersionAction>,
  { cloudOf, agents, operator, nowSeconds }: Hands,
): Promise<string> {
  const { provider } = action
  const cloud = cloudOf(provider)
  switch (action.action) {
    case 'brownOut':
      await cloud.command({ kind: 'brownOut', to: action.to })
      return `${provider} browns out: it serves ${Math.round(action.to * 100)} % of what it could, its health check stays green`
    case 'fail':
      await cloud.command({ kind: 'fail' })
      return `${provider} fails: it answers 503 to everything, the health check too`
    case 'stop':
      await cloud.command({ kind: 'stop' })
      return `${provider} is gone: connections are refused, its metrics end`
    case 'recover': {
      const { warmUp } = action
      await cloud.command({ kind: 'recover', warmUp })
      agents.unsilence(provider)
      const cold =
        warmUp === undefined ? '' : `, cold: ${Math.round(warmUp.fromFraction * 100)} % of its rating, all of it in ${warmUp.seconds} s`
      return `${provider} recovers${cold}`
    }
    case 'scale':
      await cloud.command({ kind: 'scale', tasks: action.tasks })
      return `${provider} has ${action.tasks} tasks now`
    case 'silence':
      agents.silence(provider)
      return `the agent of ${provider} falls silent: no more metrics`
    case 'unsilence':
      agents.unsilence(provider)
      return `the agent of ${provider} publishes again`
    case 'drain':
      await operator.request({ action: 'drain', provider, reason: action.reason, expiresAt: Math.round(nowSeconds() + DRAIN_SECONDS) })
      return `an operator drains ${provider}`
    case 'undrain':
      await operator.request({ action: 'undrain', provider, reason: action.reason })
      return `an operator ends the drain of ${provider}`
  }
}
