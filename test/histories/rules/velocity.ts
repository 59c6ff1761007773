// Invariant 4. Signals take away no more than maxRemoval within a dead time, and where nobody fails nobody gains more than maxGrowth at once.
import { deadTimeSeconds } from '#model/policy.ts'
import type { World } from '../world/world.ts'
import { isDrainNews, movesOf, outOfOrder } from './movement.ts'
import type { Adopted, Rule } from './rule.ts'

const ROUNDING = 1e-6

export const velocity: Rule = {
  name: 'velocity',
  adopted: (adopted, world) => {
    const moves = movesOf(adopted)
    if (moves.length === 0 || isDrainNews(adopted)) return undefined
    const isFree = outOfOrder(adopted, world).length > 0
    const removal = moves.reduce((sum, { from, to }) => sum + Math.max(0, from - to), 0)
    const removed = removedLately(adopted, world, isFree ? 0 : removal)
    if (isFree) return undefined
    const { maxRemoval, maxGrowth } = world.configuration.policy.guards
    if (removed > maxRemoval + ROUNDING) return `signals took away ${removed.toFixed(3)} within a dead time, allowed are ${maxRemoval}`
    const isRelief = [...(adopted.run.seen?.values() ?? [])].some(({ isFailing }) => isFailing)
    const greatest = moves.reduce((most, move) => (move.to - move.from > most.to - most.from ? move : most))
    if (!isRelief && greatest.to - greatest.from > maxGrowth + ROUNDING)
      return `${greatest.name} gained ${(greatest.to - greatest.from).toFixed(3)} at once and nobody fails, allowed are ${maxGrowth}`
    return undefined
  },
}

/** What signals took away within the dead time that ends now, this decision included. */
function removedLately({ run, after }: Adopted, { model, configuration }: World, removal: number): number {
  const ttlSeconds = Math.max(...configuration.hostnames.map((hostname) => hostname.ttlSeconds))
  const since = run.invocation.startedAt - deadTimeSeconds(configuration.policy.timing, ttlSeconds)
  const all = [...(model.removals.get(after.set) ?? []), { at: run.invocation.startedAt, share: removal }]
  model.removals.set(after.set, all)
  return all.filter(({ at }) => at > since).reduce((sum, { share }) => sum + share, 0)
}
