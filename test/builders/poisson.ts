// Counts of independent requests, for tests of what a handful of them may prove.
import type { Prng } from './prng.ts'

/** How many requests come where `mean` are expected (Knuth, The Art of Computer Programming 2, 3.4.1); for means below a hundred or so. */
export function poisson(mean: number, chance: Prng): number {
  const least = Math.exp(-mean)
  let product = chance.between(0, 1)
  let count = 0
  while (product > least) {
    product *= chance.between(0, 1)
    count++
  }
  return count
}
