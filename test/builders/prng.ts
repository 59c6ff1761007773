// A deterministic source of chance: the same seed gives the same histories on every machine.

export type Prng = {
  /** A whole number in [0, limit). */
  below(limit: number): number
  /** A real number in [low, high). */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
}

/** @param seeds whole numbers; other seeds, another sequence. The mixing is that of "mulberry32", which is in the public domain. */
export function prng(...seeds: readonly number[]): Prng {
  let state = seeds.reduce((mixed, seed) => (Math.imul(mixed ^ seed, 0x9e3779b1) ^ (mixed >>> 15)) >>> 0, 0x243f6a88)
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    below: (limit) => Math.floor(next() * limit),
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
  }
}
