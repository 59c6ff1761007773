// The bounds that latencies are counted in: publishers round each latency up to one of them, and edges are frozen at them.

const FIRST_SECONDS = 0.001
/** 10 % wide: finer than what a quarter slower would move, and few enough for one datum. */
const RATIO = 1.1
const COUNT = 100

/**
 * Rising, in seconds, from 1 ms to 12.5 s, three digits each, so that a bound is the same number wherever it is written.
 * PutMetricData takes up to 150 different values in a datum (API reference, MetricDatum, Values).
 */
export const LATENCY_BOUNDS_SECONDS: readonly number[] = Array.from({ length: COUNT }, (_, index) =>
  Number((FIRST_SECONDS * RATIO ** index).toPrecision(3)),
)

/** What is slower than every bound is said to have taken this long. */
export const BEYOND_BOUNDS_SECONDS = 2 * (LATENCY_BOUNDS_SECONDS.at(-1) ?? 0)
