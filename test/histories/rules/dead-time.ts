// Invariant 7. No second reaction inside the dead time, but to a red check, to an operator, or for a further cut of a provider that fails.
import { deadTimeSeconds } from '#model/policy.ts'
import { pastOf } from '../world/view.ts'
import type { World } from '../world/world.ts'
import { isDrainNews, movesOf, outOfOrder } from './movement.ts'
import type { Adopted, Rule } from './rule.ts'

export const deadTime: Rule = {
  name: 'dead-time',
  adopted: (adopted, world) => {
    const { run, before, after } = adopted
    const moves = movesOf(adopted)
    if (moves.length === 0 || before?.lastWriteAt === undefined || isDrainNews(adopted)) return undefined
    if (outOfOrder(adopted, world).length > 0) return undefined
    const ttlSeconds = Math.max(...world.configuration.hostnames.map((hostname) => hostname.ttlSeconds))
    const dead = deadTimeSeconds(world.configuration.policy.timing, ttlSeconds)
    // A run that pauses before it looks at the clock decides of a later moment than it was called in.
    const decidedAt = Math.min(after.lastWriteAt ?? run.invocation.startedAt, world.nowSeconds)
    const elapsed = decidedAt - before.lastWriteAt
    // Two runs on one second are one moment.
    if (elapsed >= dead || elapsed < 0) return undefined
    const isFurtherCut = moves.some(
      ({ name, from, to }) => to < from && (run.seen?.get(name)?.isFailing === true || failedSince(run, name, world)),
    )
    if (isFurtherCut) return undefined
    const text = moves.map(({ name, from, to }) => `${name} ${from.toFixed(3)} → ${to.toFixed(3)}`).join(', ')
    return `${text}, ${elapsed} s after the last change: nobody fails, and the dead time is ${dead} s`
  },
}

/** A run that stopped goes on with the memory of those that went past it: what failed meanwhile is a reason as well. */
function failedSince({ invocation }: Adopted['run'], name: string, { clouds, nowSeconds }: World): boolean {
  const seconds = nowSeconds - invocation.startedAt
  return seconds > 0 && clouds.all.some((cloud) => cloud.setup.name === name && pastOf(cloud, seconds + 300, nowSeconds).everFailed)
}
