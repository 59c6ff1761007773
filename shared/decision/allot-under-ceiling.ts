// Shares in proportion to capacity, inside bounds, with nobody above the ceiling while another has room (water-filling).
import { allot } from './allot.ts'

/** A provider that may take part: what it can take (requests/s) and the bounds on its share (0–1). */
export type Taker = { readonly capacity: number; readonly min: number; readonly max: number }

/**
 * Without a demand, or when the ceilings together cannot hold it, the overload is spread as evenly as the bounds allow.
 * A minimum yields to the ceiling: a trickle that policy promised must not overload anybody while there is room.
 */
export function allotUnderCeiling(takers: readonly Taker[], demand: number | undefined, ceiling: number): number[] {
  const free = allot(takers.map(({ capacity, min, max }) => ({ measure: capacity, min, max })))
  if (demand === undefined || demand <= 0) return free
  const highest = takers.map(({ capacity, max }) => Math.min(max, (ceiling * capacity) / demand))
  const hasRoom = highest.reduce((sum, share) => sum + share, 0) >= 1
  if (hasRoom) {
    const claims = takers.map(({ capacity, min }, i) => ({ measure: capacity, min: Math.min(min, highest[i] ?? 0), max: highest[i] ?? 0 }))
    return allot(claims)
  }
  return allot(takers.map(({ capacity, max }) => ({ measure: capacity, min: 0, max })))
}
