// Shares and rates as the sentences of decisions write them.

/** Two decimals; three below 0.1, so that a trickle is not shown as nothing. */
export function shareText(share: number): string {
  return share > 0 && share < 0.1 ? share.toFixed(3) : share.toFixed(2)
}

export function rateText(requestsPerSecond: number): string {
  return `${requestsPerSecond >= 10 || requestsPerSecond === 0 ? requestsPerSecond.toFixed(0) : requestsPerSecond.toFixed(1)}/s`
}
