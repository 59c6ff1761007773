// Fixed thresholds as they are documented, and an alarm. None of them looks at the control.
import { type Rule, ratioOf } from '../rule.ts'

/** Flagger: request-success-rate at least 99 over a minute, threshold 5 failed checks in all (docs.flagger.app, usage/metrics). */
const flagger: Rule = {
  name: 'Flagger, 99 %, 5 failed checks',
  begin: () => {
    let failed = 0
    return ({ canary }) => {
      // No value halts the analysis as a failed check does (docs.flagger.app, faq: "no values found").
      if (canary === undefined || canary.requests === 0 || ratioOf(canary) > 0.01) failed++
      return failed >= 5 ? 'abort' : undefined
    }
  },
}

/** Argo Rollouts: result[0] >= 0.95 every 5 minutes, failureLimit 3: the fourth failed measurement aborts (docs, features/analysis). */
const argo: Rule = {
  name: 'Argo, 95 % each 5 min, limit 3',
  begin: () => {
    let [failed, requests, failures, seen] = [0, 0, 0, 0]
    return ({ canary }) => {
      requests += canary?.requests ?? 0
      failures += canary?.failures ?? 0
      if (++seen % 5 !== 0) return undefined
      if (requests > 0 && 1 - failures / requests < 0.95) failed++
      requests = 0
      failures = 0
      return failed > 3 ? 'abort' : undefined
    }
  },
}

/** A CloudWatch alarm on the canary's failure ratio above 1 %, 3 of 5 datapoints; missing ones are missing. */
const alarm: Rule = {
  name: 'alarm, 1 %, 3 of 5',
  begin: () => {
    const last: boolean[] = []
    return ({ canary }) => {
      last.push(canary !== undefined && ratioOf(canary) > 0.01)
      if (last.length > 5) last.shift()
      return last.filter(Boolean).length >= 3 ? 'abort' : undefined
    }
  },
}

export const thresholds: readonly Rule[] = [flagger, argo, alarm]
