// Numbers as people read them in reasons.

/** Requests/s: whole from 10 on, one decimal below. */
export function rate(requestsPerSecond: number): string {
  return requestsPerSecond >= 10 || requestsPerSecond === 0 ? requestsPerSecond.toFixed(0) : requestsPerSecond.toFixed(1)
}

/** A share with two decimals, as 0.31; three below 0.1, so that a trickle is not shown as nothing. */
export function share(fraction: number): string {
  return fraction > 0 && fraction < 0.1 ? fraction.toFixed(3) : fraction.toFixed(2)
}

export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction > 0 && fraction < 0.1 ? 1 : 0)} %`
}

export function duration(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
