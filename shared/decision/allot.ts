// Shares in proportion to a measure, inside bounds.

/** One claimant: what it counts for, and the bounds on its share (0–1). */
export type Claim = { readonly measure: number; readonly min: number; readonly max: number }

/**
 * Gives each claimant a share ∝ its measure, none below its min or above its max, summing to 1.
 * Bounds that cannot be met together yield: minima above 1 in sum are scaled down; maxima below 1 in sum are exceeded in proportion.
 * @returns shares in the order of the claims; all 0 when nobody has a measure or a minimum.
 */
export function allot(claims: readonly Claim[]): number[] {
  // The sum of min(max, max(min, k·measure)) rises with k: find the k at which it is 1.
  const shareAt = (k: number) => claims.map(({ measure, min, max }) => Math.min(Math.max(max, min), Math.max(min, k * measure)))
  const total = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0)
  const smallest = Math.min(...claims.filter((claim) => claim.measure > 0).map((claim) => claim.measure), Infinity)
  let low = 0
  let high = 1 / smallest
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2
    if (total(shareAt(middle)) < 1) low = middle
    else high = middle
  }
  const shares = shareAt(high)
  const sum = total(shares)
  return sum > 0 ? shares.map((share) => share / sum) : claims.map(() => 0)
}
