// Freezes the latency edges of a canary before it starts, and counts what is slower. A per-minute p99 is never tested: it is no count.

export type Histogram = {
  /** Upper bounds of the buckets but the last, which is open; they rise. */
  readonly boundsSeconds: readonly number[]
  /** One more than bounds. */
  readonly counts: readonly number[]
}

/** What the edges are put at, besides the objective. */
const QUANTILES = [0.5, 0.9, 0.99] as const

/**
 * 1 to 5 of the histogram's own bounds, near p50, p90 and p99 of the control and at the objective, if there is one. An edge that nothing
 * or everything passes would never say anything and is left out. Empty for a histogram of nothing.
 */
export function freezeEdges(control: Histogram, objectiveSeconds?: number): number[] {
  const { boundsSeconds, counts } = control
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return []
  const slower = slowerThan(control, boundsSeconds)
  const nearest = (wanted: (index: number) => number) =>
    boundsSeconds.reduce<number | undefined>(
      (best, bound, i) => (best === undefined || wanted(i) < wanted(boundsSeconds.indexOf(best)) ? bound : best),
      undefined,
    )
  const logOdds = (ratio: number) => Math.log(ratio / (1 - ratio))
  const atQuantiles = QUANTILES.map((quantile) =>
    nearest((i) => {
      const passed = (slower[i] ?? 0) / total
      return passed === 0 || passed === 1 ? Number.POSITIVE_INFINITY : Math.abs(logOdds(passed) - logOdds(1 - quantile))
    }),
  )
  const atObjective = objectiveSeconds === undefined ? undefined : nearest((i) => Math.abs((boundsSeconds[i] ?? 0) - objectiveSeconds))
  const edges = new Set([...atQuantiles, atObjective].filter((edge) => edge !== undefined))
  return [...edges]
    .filter((edge) => edge === atObjective || isTelling((slower[boundsSeconds.indexOf(edge)] ?? 0) / total))
    .sort((a, b) => a - b)
}

/** How many were slower than each edge. An edge that is no bound of the histogram counts from the bucket it lies in. */
export function slowerThan({ boundsSeconds, counts }: Histogram, edges: readonly number[]): number[] {
  return edges.map((edge) => counts.reduce((sum, count, i) => (i > 0 && (boundsSeconds[i - 1] ?? 0) >= edge ? sum + count : sum), 0))
}

function isTelling(passed: number): boolean {
  return passed > 0 && passed < 1
}
