// The growth of memory: the slope of a straight line through the samples.

/** Megabytes per hour of the clock, by least squares over the second half: the first half fills caches and rings. */
export function growthPerHour(samples: readonly { readonly atHours: number; readonly megabytes: number }[]): number {
  const half = samples.slice(Math.floor(samples.length / 2))
  const mean = (pick: (sample: (typeof half)[number]) => number) => half.reduce((sum, sample) => sum + pick(sample), 0) / half.length
  const [atMean, megabytesMean] = [mean(({ atHours }) => atHours), mean(({ megabytes }) => megabytes)]
  const covariance = mean(({ atHours, megabytes }) => (atHours - atMean) * (megabytes - megabytesMean))
  const variance = mean(({ atHours }) => (atHours - atMean) ** 2)
  return variance === 0 ? 0 : covariance / variance
}
