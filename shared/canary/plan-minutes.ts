// How long a canary lasts by its strategy: at least, when all goes well, and at most.
import { percentsOf, type Strategy } from '#model/strategy.ts'

/** Least dwell at each step, and the bake; settling not counted. */
export function shortestMinutes({ steps, minDwellMinutes, bakeMinutes }: Strategy): number {
  return percentsOf(steps).length * minDwellMinutes + bakeMinutes
}

/** Longest dwell, or the deadline of its gate, at each step; each settles, and the last bakes. What stands still comes on top. */
export function longestMinutes({ steps, maxDwellMinutes, settleMinutes, bakeMinutes, gates }: Strategy): number {
  const dwells = percentsOf(steps).map((percent) =>
    Math.max(maxDwellMinutes, ...gates.filter(({ atPercent }) => atPercent === percent).map(({ deadlineMinutes }) => deadlineMinutes)),
  )
  return dwells.reduce((sum, dwell) => sum + dwell + settleMinutes, 0) + bakeMinutes + settleMinutes
}
