// Random counts, the same for the same seed.
import { randomOf } from '#bench/steering/random.ts'

export type Draw = {
  readonly uniform: () => number
  readonly poisson: (mean: number) => number
  /** A whole number from 1 with this mean: how often one client fails in a minute. */
  readonly clump: (mean: number) => number
}

/** From this mean on, rejection is cheaper than counting. */
const LARGE = 30

export function drawOf(seed: number): Draw {
  const uniform = randomOf(seed)
  const poisson = (mean: number) => (mean < LARGE ? counted(mean, uniform) : rejected(mean, uniform))
  const clump = (mean: number) => (mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - uniform()) / Math.log(1 - 1 / mean)))
  return { uniform, poisson, clump }
}

/** Knuth's product of uniforms. */
function counted(mean: number, uniform: () => number): number {
  const limit = Math.exp(-mean)
  let [count, product] = [0, uniform()]
  while (product > limit) {
    count++
    product *= uniform()
  }
  return count
}

/** Transformed rejection, exact for any mean from 10 on (Hörmann 1993, "The transformed rejection method for Poisson random variables", PTRS). */
function rejected(mean: number, uniform: () => number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  for (;;) {
    const u = uniform() - 0.5
    const v = uniform()
    const margin = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / margin + b) * u + mean + 0.43)
    if (margin >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return count
    if (count < 0 || (margin < 0.013 && v > margin)) continue
    if (Math.log((v * inverseAlpha) / (a / margin ** 2 + b)) <= count * Math.log(mean) - mean - logFactorial(count)) return count
  }
}

/** ln n!: by Stirling's series to 1e-10 from 10 on. */
function logFactorial(n: number): number {
  if (n < 10) return Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((sum, log) => sum + log, 0)
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
}
