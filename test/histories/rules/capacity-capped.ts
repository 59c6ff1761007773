// Invariant 5. Nobody is pushed above the ceiling while another has room; where nobody has room the overload is even.
import { isValid } from '../world/view.ts'
import type { Rule } from './rule.ts'

const ROUNDING = 0.01
/** Shares are leaned this little against what is measured, and nobody notices. */
const SMALL_BIAS = 0.02

export const cappedFailover: Rule = {
  name: 'capacity-capped',
  decided: (decision, run, { configuration, model, setup }) => {
    const { demand, cause, providers, isChange, notices, set } = decision
    if (!isChange || demand === undefined || demand <= 0 || (cause !== 'signal' && cause !== 'probe')) return undefined
    if (notices.some(({ code }) => code === 'velocity' || code === 'panic')) return undefined
    // Clouds that fail get less on purpose, and measured deviations are leaned against.
    const memories = setup.clouds.map(({ name }) => model.providers.get(name))
    const bias = [model.setsBefore.get(set), model.sets.get(set)].flatMap((memory) => Object.values(memory?.bias ?? {}))
    if (memories.some((memory) => memory?.isBad) || bias.some((one) => Math.abs(one - 1) > SMALL_BIAS)) return undefined
    if ([...(run.seen?.values() ?? [])].some(({ missing, isFailing, capacity }) => missing.length > 0 || isFailing || !isValid(capacity)))
      return undefined
    const bounds = new Map(setup.clouds.map((cloud) => [cloud.name, cloud]))
    const serving = providers
      .filter(({ role, capacityEstimate }) => role === 'serving' && capacityEstimate > 0)
      .map(({ provider, share, capacityEstimate }) => ({
        provider,
        share,
        load: (demand * share) / capacityEstimate,
        bound: bounds.get(provider),
      }))
    const { ceiling } = configuration.policy.guards
    const [most, room] = [ceiling * (1 + SMALL_BIAS) + ROUNDING, ceiling * (1 - SMALL_BIAS) - ROUNDING]
    const over = serving.filter(({ load }) => load > most)
    const withRoom = serving.filter(({ load, share, bound }) => load < room && share < (bound?.maxShare ?? 1) - ROUNDING)
    const [first, other] = [over[0], withRoom.find(({ bound }) => bound?.maxShare !== 0)]
    if (first === undefined || other === undefined) return undefined
    return `${first.provider} is pushed to ${percent(first.load)} of its capacity while ${other.provider} stands at ${percent(other.load)}; the ceiling is ${percent(ceiling)}`
  },
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`
}
