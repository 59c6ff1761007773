// What a plan risks, and whether its budget of failures can ever be enough for it.
import type { CanarySubject } from '#model/canary.ts'
import { percentsOf, type Strategy } from '#model/strategy.ts'
import type { BeginFacts } from './begin-facts.ts'
import { requestsAtRisk } from './exposure.ts'
import { percentText } from './percent-text.ts'

type Known = Pick<BeginFacts, 'hostname' | 'room' | 'timing' | 'preflight'>

/** Requests a minute of the whole name, by the counts of both arms; where they say nothing, by the controller. */
export function peakOf({ room, preflight }: Pick<Known, 'room' | 'preflight'>): number {
  return preflight.requestsPerMinute ?? (room?.demand ?? 0) * 60
}

/** A plan whose steps, or whose 100 %, can never be within the budget is none. */
export function whyNoBudget(subject: CanarySubject, strategy: Strategy, facts: Known): string | undefined {
  const { exposureBudget, worstFailureRatio } = strategy
  if (exposureBudget === undefined) return undefined
  const worst = risksOf(subject, strategy, facts).find(({ failures }) => failures > exposureBudget)
  if (worst === undefined) return undefined
  const { percent, requests, failures } = worst
  return `no budget for this plan: at ${percentText(percent)} ${Math.ceil(requests)} requests reach it before it could be back, of which ${Math.ceil(failures)} may fail (worstFailureRatio ${worstFailureRatio}), and exposureBudget is ${exposureBudget}`
}

/** Step by step, and at 100 %: how many requests reach it before it could be back, and how many of them can fail at worst. */
export function risksOf(subject: CanarySubject, strategy: Strategy, facts: Known) {
  const percents = [...new Set([...percentsOf(strategy.steps), 100])]
  return percents.map((percent) => {
    const requests = requestsAtRisk(subject, percent, peakOf(facts), riskFacts(subject, facts))
    return { percent, requests, failures: strategy.worstFailureRatio * requests }
  })
}

function riskFacts(subject: CanarySubject, { hostname, room, timing }: Known) {
  const capacity = Object.values(room?.capacity ?? {}).reduce((sum, one) => sum + one, 0)
  const own = subject.kind === 'provider' ? room?.capacity[subject.provider] : undefined
  return { ...timing, ttlSeconds: hostname.ttlSeconds, capacityShare: own === undefined || capacity === 0 ? undefined : own / capacity }
}
