// Decides what the checkers of one health check think, by Route 53's rules: consecutive results per checker, then a vote.

/** Above this share of healthy checkers the endpoint is healthy (Developer Guide, "How Amazon Route 53 determines whether a health check is healthy"). */
export const HEALTHY_ABOVE = 0.18

/** One vantage point: it changes its mind after `failureThreshold` consecutive results of the other kind. */
export type Checker = { readonly isHealthy: boolean; readonly contrary: number; readonly hasReported: boolean }

/** Until there is enough data a new check counts as healthy (same page). */
export const FRESH_CHECKER: Checker = { isHealthy: true, contrary: 0, hasReported: false }

/** The threshold counts both ways: the same number of consecutive passes makes it healthy again. */
export function afterResult(checker: Checker, hasPassed: boolean, failureThreshold: number): Checker {
  if (hasPassed === checker.isHealthy) return { isHealthy: checker.isHealthy, contrary: 0, hasReported: true }
  const contrary = checker.contrary + 1
  if (contrary < failureThreshold) return { isHealthy: checker.isHealthy, contrary, hasReported: true }
  return { isHealthy: hasPassed, contrary: 0, hasReported: true }
}

export function verdict(checkers: readonly Checker[]): { readonly fractionHealthy: number; readonly isHealthy: boolean } {
  const healthy = checkers.filter((checker) => checker.isHealthy).length
  const fractionHealthy = checkers.length === 0 ? 1 : healthy / checkers.length
  return { fractionHealthy, isHealthy: fractionHealthy > HEALTHY_ABOVE }
}
