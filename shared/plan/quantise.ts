// Turns shares into the whole weights that come closest to them.
import { MAX_WEIGHT } from '#model/record.ts'

export type Quantised = {
  readonly weights: readonly number[]
  /** Greatest distance between a wanted share and the share its weight really gives, 0–1. */
  readonly greatestError: number
}

/** Two errors closer than this are the same: the rest is floating point. */
const TIE = 1e-9

/**
 * Weights 0–255 for `shares` (finite, ≥ 0, any sum above 0; they are normalised).
 *
 * Every possible sum of weights is tried, with the largest-remainder method at each, because "largest = 255" is often not the best scale.
 * The smallest greatest error wins; ties go to the weights closest to `previous`, then to the smallest sum. A share above 0 never
 * becomes 0, and 0 stays 0. For 2–8 shares that are 0 or ≥ 1/256 the error stays below 0.2 points.
 *
 * @throws RangeError when a share is negative or not finite, or all are 0: such input must never become a weight.
 */
export function quantise(shares: readonly number[], previous: readonly (number | undefined)[] = []): Quantised {
  const wanted = normalise(shares)
  // A sum above this would push the largest weight beyond 255.
  const largestSum = Math.ceil(MAX_WEIGHT / Math.max(...wanted))
  // Filled anew for every sum. The first always fits: it gives everybody with a share weight 1.
  const weights = wanted.slice()
  let best: Candidate = { weights, error: Infinity, distance: Infinity }
  for (let sum = 1; sum <= largestSum; sum++) {
    if (largestRemainder(wanted, sum, weights) > MAX_WEIGHT) continue
    const error = greatestError(wanted, weights)
    const isCloser = error < best.error - TIE
    // Most sums are worse than the best so far; only the others are looked at more closely.
    if (!isCloser && error > best.error + TIE) continue
    const moved = distance(weights, previous)
    if (isCloser || moved < best.distance) best = { weights: [...weights], error, distance: moved }
  }
  return { weights: best.weights, greatestError: best.error }
}

type Candidate = { readonly weights: readonly number[]; readonly error: number; readonly distance: number }

function normalise(shares: readonly number[]): number[] {
  const bad = shares.findIndex((share) => !Number.isFinite(share) || share < 0)
  if (bad >= 0) throw new RangeError(`share ${bad} is ${shares[bad]}: shares are finite and not negative`)
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (total <= 0) throw new RangeError('all shares are 0: at least one must be above 0')
  return shares.map((share) => share / total)
}

/**
 * Fills `weights` with whole numbers that add up to `sum`, or a little more where a small share had to be lifted to 1.
 *
 * The loops below run some hundred times for every set of records of every tick: they allocate nothing.
 *
 * @returns the largest of them
 */
function largestRemainder(wanted: readonly number[], sum: number, weights: number[]): number {
  let missing = sum
  for (let index = 0; index < wanted.length; index++) {
    const share = wanted[index] ?? 0
    const weight = share === 0 ? 0 : Math.max(1, Math.floor(share * sum))
    weights[index] = weight
    missing -= weight
  }
  // Who is furthest below what it should get is next; nobody gets a second one, because everybody is less than 1 below.
  for (; missing > 0; missing--) {
    let next = 0
    let largest = 0
    for (let index = 0; index < wanted.length; index++) {
      const remainder = (wanted[index] ?? 0) * sum - (weights[index] ?? 0)
      if (remainder <= largest) continue
      next = index
      largest = remainder
    }
    weights[next] = (weights[next] ?? 0) + 1
  }
  let greatest = 0
  for (const weight of weights) greatest = Math.max(greatest, weight)
  return greatest
}

function greatestError(wanted: readonly number[], weights: readonly number[]): number {
  let total = 0
  for (const weight of weights) total += weight
  let greatest = 0
  for (let index = 0; index < wanted.length; index++)
    greatest = Math.max(greatest, Math.abs((wanted[index] ?? 0) - (weights[index] ?? 0) / total))
  return greatest
}

function distance(weights: readonly number[], previous: readonly (number | undefined)[]): number {
  let sum = 0
  for (let index = 0; index < weights.length; index++) sum += Math.abs((weights[index] ?? 0) - (previous[index] ?? 0))
  return sum
}
