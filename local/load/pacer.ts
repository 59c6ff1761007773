// Decides how many requests are due, and at which times of the clock they would have been sent one by one.
import type { DemandStep } from './load-spec.ts'

export interface Pacer {
  setSteps(steps: readonly DemandStep[]): void
  demandAt(seconds: number): number
  /** Times of the clock of the requests due since the last call, in order. */
  due(nowSeconds: number): number[]
}

/** After a longer pause (the computer slept) the demand of the pause is dropped: nobody could have been served. */
const LONGEST_PAUSE_SECONDS = 120
/** A pause within one step of the demand is cut into pieces, so that a step inside it counts. */
const PIECE_SECONDS = 1

export function createPacer(startSeconds: number): Pacer {
  let steps: readonly DemandStep[] = []
  let last = startSeconds
  let owed = 0

  const demandAt = (seconds: number) => steps.findLast((step) => step.atSeconds <= seconds)?.requestsPerSecond ?? 0

  return {
    setSteps(next) {
      steps = next.toSorted((a, b) => a.atSeconds - b.atSeconds)
    },
    demandAt,
    due(now) {
      if (now - last > LONGEST_PAUSE_SECONDS) last = now
      const times: number[] = []
      while (last < now) {
        const end = Math.min(now, last + PIECE_SECONDS)
        const demand = demandAt(last)
        owed += demand * (end - last)
        for (; owed >= 1; owed -= 1) times.push(end - (owed - 1) / demand)
        last = end
      }
      return times
    },
  }
}
