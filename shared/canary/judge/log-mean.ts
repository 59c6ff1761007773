// Means of numbers that are kept as their logarithms, because they would not fit otherwise.

/** ln(Σ wᵢ·exp(ℓᵢ) / Σ wᵢ), equal weights unless given. Exact to rounding whatever the size of the ℓᵢ; −∞ for no terms. */
export function logMean(logs: readonly number[], weights?: readonly number[]): number {
  const largest = Math.max(...logs)
  if (!Number.isFinite(largest)) return largest
  const total = weights === undefined ? logs.length : weights.reduce((sum, weight) => sum + weight, 0)
  const sum = logs.reduce((sum, log, i) => sum + (weights?.[i] ?? 1) * Math.exp(log - largest), 0)
  return largest + Math.log(sum / total)
}
