// The shift between two samples with its confidence interval, by inverting the asymptotic Mann–Whitney test with ties and continuity
// correction, as R's wilcox.test does it (exact = FALSE). The root finder stops at 1e-4, as R's does and Kayenta's after it.
import { brent } from './brent.ts'

export type Shift = { readonly low: number; readonly high: number; readonly estimate: number }

/** @param x @param y at least one value each, not all the same @param z quantile of the interval, such as 2.326 for 98 % */
export function mannWhitneyShift(x: readonly number[], y: readonly number[], z: number, tolerance: number): Shift {
  const from = Math.min(...x) - Math.max(...y)
  const to = Math.max(...x) - Math.min(...y)
  const root = (quantile: number): number => {
    const f = (shift: number) => standardised(x, y, shift) - quantile
    const [low, high] = [f(from), f(to)]
    if (low <= 0) return from
    if (high >= 0) return to
    return brent(f, { x: from, f: low }, { x: to, f: high }, tolerance)
  }
  return { low: root(z), high: root(-z), estimate: root(0) }
}

/** How far the ranks of x − shift are from those of y, in standard deviations. Falls as the shift grows. */
export function standardised(x: readonly number[], y: readonly number[], shift: number): number {
  const all = [...x.map((value) => ({ value: value - shift, isX: true })), ...y.map((value) => ({ value, isX: false }))].sort(
    (a, b) => a.value - b.value,
  )
  let [rankSum, ties] = [0, 0]
  for (let i = 0; i < all.length; ) {
    let end = i
    while (end < all.length && all[end]?.value === all[i]?.value) end++
    const tied = end - i
    ties += tied ** 3 - tied
    for (let k = i; k < end; k++) if (all[k]?.isX === true) rankSum += (i + end + 1) / 2
    i = end
  }
  const [n, m] = [x.length, y.length]
  const distance = rankSum - (n * (n + 1)) / 2 - (n * m) / 2
  const sigma = Math.sqrt(((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
  // All tied at this shift: it explains everything.
  return sigma === 0 ? 0 : (distance - 0.5 * Math.sign(distance)) / sigma
}
