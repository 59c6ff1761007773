// Spreads requests over the seconds in which a cloud can serve them, whatever order they are handed over in.

export interface Slots {
  /**
   * Takes the first free place from the second of `atSeconds` on; undefined when the next `queueSeconds` are full.
   * Answers the wait in seconds.
   */
  take(atSeconds: number, perSecond: number): number | undefined
  /** Arrivals per second over the last seconds before this time. */
  recentLoad(atSeconds: number): number
}

type Slot = { arrived: number; taken: number }

const LOAD_SECONDS = 5
/** Requests are handed over at most this late; older seconds are forgotten. */
const KEPT_SECONDS = 180

/**
 * A busy computer hands over a burst of requests in any order, each with the time it was sent. Counted in the order of arrival a queue would
 * overflow that never would have; counted by seconds, the order does not matter.
 */
export function createSlots(queueSeconds: number): Slots {
  const slots = new Map<number, Slot>()
  let newest = 0

  function slotAt(second: number): Slot {
    const known = slots.get(second)
    if (known !== undefined) return known
    const fresh = { arrived: 0, taken: 0 }
    slots.set(second, fresh)
    if (second > newest) {
      newest = second
      for (const old of slots.keys()) if (old < newest - KEPT_SECONDS) slots.delete(old)
    }
    return fresh
  }

  return {
    take(at, perSecond) {
      const first = Math.floor(at)
      slotAt(first).arrived += 1
      for (let second = first; second <= first + queueSeconds; second += 1) {
        const slot = slotAt(second)
        if (slot.taken >= placesIn(second, perSecond)) continue
        slot.taken += 1
        return Math.max(0, second - at)
      }
      return undefined
    },
    recentLoad(at) {
      const last = Math.floor(at)
      let arrived = 0
      for (let second = last - LOAD_SECONDS; second < last; second += 1) arrived += slots.get(second)?.arrived ?? 0
      return arrived / LOAD_SECONDS
    },
  }
}

/** Whole places that add up to the rate over time, however small it is. */
function placesIn(second: number, perSecond: number): number {
  // Taken modulo an hour: at the size of epoch seconds the fraction of the product would be lost.
  const within = second % 3600
  return Math.floor((within + 1) * perSecond) - Math.floor(within * perSecond)
}
