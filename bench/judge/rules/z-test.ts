// A one-sided test of two proportions at 1 %, on all counts so far, looked at every minute: what many write first.
import type { Rule } from '../rule.ts'

/** Standard normal quantile of 0.99. */
const Z = 2.326347874

export const zTest: Rule = {
  name: 'z-test each minute, 1 %',
  begin: () => {
    let [n, x, m, y] = [0, 0, 0, 0]
    return ({ canary, control }) => {
      if (canary === undefined || control === undefined) return undefined
      n += canary.requests
      x += canary.failures ?? 0
      m += control.requests
      y += control.failures ?? 0
      const pooled = (x + y) / (n + m)
      // The usual rule of thumb for the normal approximation.
      if (x < 5 || y < 5) return undefined
      return (x / n - y / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) > Z ? 'abort' : undefined
    }
  },
}
