// Random counts, the same for the same seed.
import { randomOf } from '#bench/steering/random.ts'

export type Draw = {
  readonly uniform: () => number
  readonly poisson: (mean: number) => number
  /** A whole number from 1 with this mean: how often one client fails in a minute. */
  readonly clump: (mean: number) => number
}

/** A mean beyond which e^−mean loses digits; larger ones are the sum of two halves. */
const LARGE = 30

export function drawOf(seed: number): Draw {
  const uniform = randomOf(seed)
  const poisson = (mean: number): number => {
    if (mean > LARGE) return poisson(mean / 2) + poisson(mean / 2)
    const limit = Math.exp(-mean)
    let [count, product] = [0, uniform()]
    while (product > limit) {
      count++
      product *= uniform()
    }
    return count
  }
  const clump = (mean: number) => (mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - uniform()) / Math.log(1 - 1 / mean)))
  return { uniform, poisson, clump }
}
