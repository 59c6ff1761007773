// Invariant 1. A missing signal moves nothing by itself; when more than half are missing, no signal moves anything.
import { pastOf } from '../world/view.ts'
import type { World } from '../world/world.ts'
import { isDrainNews, type Move, movesOf, outOfOrder } from './movement.ts'
import type { Rule } from './rule.ts'

/** Checks, capacity, load and errors of each provider. */
const REQUIRED = 4
/** Clouds that were well for this long have an estimate that is what they report. */
const WELL_SECONDS = 3_600
/** Capacities that differ by no more than noise. */
const SAME_CAPACITY = 0.75

export const failStatic: Rule = {
  name: 'fail-static',
  adopted: (adopted, world) => {
    const { run } = adopted
    const moves = movesOf(adopted)
    if (moves.length === 0 || run.seen === undefined || isDrainNews(adopted) || outOfOrder(adopted, world).length > 0) return undefined
    const missing = [...run.seen.values()].reduce((sum, seen) => sum + seen.missing.length, 0)
    const required = REQUIRED * world.setup.clouds.length
    if (missing * 2 > required) return `${missing} of ${required} required signals are missing, and ${text(moves)}`
    for (const move of moves) {
      const silent = run.seen.get(move.name)?.missing ?? []
      if (silent.length > 0 && nobodyElseAsks(move, world))
        return `${silent.join(' and ')} of ${move.name} are missing, and ${text([move])}`
    }
    return undefined
  },
  written: ({ plan, cause, swap }) => {
    if (plan === undefined || cause !== 'signal') return undefined
    const { signalsMissing, signalsRequired } = plan.evidence
    return signalsMissing * 2 > signalsRequired
      ? `${swap.hostname}: a signal-driven write with ${signalsMissing} of ${signalsRequired} required signals missing`
      : undefined
  },
}

/** The others are well, and would have room if the silent one kept its share. */
function nobodyElseAsks({ name, from }: Move, { setup, clouds, nowSeconds, configuration }: World): boolean {
  if (setup.clouds.some(({ minShare, maxShare }) => minShare > 0 || maxShare < 1)) return false
  const pasts = clouds.all
    .filter((cloud) => cloud.setup.name !== name)
    .map((cloud) => ({ cloud, ...pastOf(cloud, WELL_SECONDS, nowSeconds) }))
  const own = clouds.all.find((cloud) => cloud.setup.name === name)
  if (own === undefined) return false
  // What it still says may move it: only where that has stayed the same is silence all there is.
  const past = pastOf(own, WELL_SECONDS, nowSeconds)
  const hasChanged = past.wasEverRed || past.everFailed || past.leastCapacity < SAME_CAPACITY * past.greatestCapacity
  if (hasChanged) return false
  // One that was silent may have been without capacity meanwhile, and is on its way back.
  const areWell = pasts.every((past) => !past.wasEverRed && !past.everFailed && !past.everSilent)
  const room = pasts.reduce((sum, { leastCapacity }) => sum + leastCapacity, 0)
  const demand = clouds.all.reduce((sum, cloud) => sum + pastOf(cloud, WELL_SECONDS, nowSeconds).greatestLoad, 0)
  return areWell && demand * (1 - from) < 0.9 * configuration.policy.guards.ceiling * room
}

function text(moves: readonly Move[]): string {
  return moves.map(({ name, from, to }) => `${name} moved from ${from.toFixed(3)} to ${to.toFixed(3)}`).join(', ')
}
