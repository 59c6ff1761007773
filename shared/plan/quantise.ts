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
  let best: Candidate | undefined
  for (let sum = 1; sum <= largestSum; sum++) {
    const weights = largestRemainder(wanted, sum)
    if (Math.max(...weights) > MAX_WEIGHT) continue
    const candidate = { weights, error: greatestError(wanted, weights), distance: distance(weights, previous) }
    if (best === undefined || isBetter(candidate, best)) best = candidate
  }
  if (best === undefined) throw new RangeError(`no weights for shares ${shares.join(', ')}`)
  return { weights: best.weights, greatestError: best.error }
}

type Candidate = { readonly weights: number[]; readonly error: number; readonly distance: number }

function isBetter(a: Candidate, b: Candidate): boolean {
  if (Math.abs(a.error - b.error) > TIE) return a.error < b.error
  return a.distance < b.distance
}

function normalise(shares: readonly number[]): number[] {
  const bad = shares.findIndex((share) => !Number.isFinite(share) || share < 0)
  if (bad >= 0) throw new RangeError(`share ${bad} is ${shares[bad]}: shares are finite and not negative`)
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (total <= 0) throw new RangeError('all shares are 0: at least one must be above 0')
  return shares.map((share) => share / total)
}

/** Whole weights that add up to `sum`, or a little more where a small share had to be lifted to 1. */
function largestRemainder(wanted: readonly number[], sum: number): number[] {
  const weights = wanted.map((share) => (share === 0 ? 0 : Math.max(1, Math.floor(share * sum))))
  let missing = sum - weights.reduce((total, weight) => total + weight, 0)
  if (missing <= 0) return weights
  const byRemainder = wanted
    .map((share, index) => ({ index, remainder: share === 0 ? -1 : share * sum - (weights[index] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index, remainder } of byRemainder) {
    if (missing === 0 || remainder <= 0) break
    weights[index] = (weights[index] ?? 0) + 1
    missing--
  }
  return weights
}

function greatestError(wanted: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return wanted.reduce((worst, share, index) => Math.max(worst, Math.abs(share - (weights[index] ?? 0) / total)), 0)
}

function distance(weights: readonly number[], previous: readonly (number | undefined)[]): number {
  return weights.reduce((sum, weight, index) => sum + Math.abs(weight - (previous[index] ?? 0)), 0)
}
