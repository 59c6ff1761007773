// What a canary has cost and may cost yet: traffic reaches it from its first shift until the way back has reached the last resolver, judged or not, seen or not.
import type { Canary, CanarySubject } from '#model/canary.ts'
import type { TimingPolicy } from '#model/policy.ts'
import type { Reason } from '#model/reason.ts'
import { TICK_SECONDS } from './answer.ts'
import type { Facts } from './facts.ts'
import { percentText } from './percent-text.ts'

type Timing = { readonly ttlSeconds: number } & Pick<TimingPolicy, 'metricLagSeconds' | 'propagationSeconds'>
type Sharing = Pick<Facts, 'capacityShare'>

/** Known failures of the canary, and the worst of what was never known. */
export function withExposure(canary: Canary, { judged, capacityShare }: Pick<Facts, 'judged' | 'capacityShare'>): Canary {
  if (judged?.exposedUntil === undefined) return canary
  const peakRequests = Math.max(canary.peakRequests, judged.mostRequests)
  const unknown = judged.unseen.requests + judged.unseen.minutes * peakRequests * shareNow(canary, { capacityShare })
  const unseen = canary.unseen + canary.strategy.worstFailureRatio * unknown
  return { ...canary, exposed: canary.exposed + judged.exposed, exposedUntil: judged.exposedUntil, unseen, peakRequests }
}

/**
 * Why it has to go back now: should every request that nobody knows of yet, until the way back of the next tick has reached its clients, fail as often as
 * can be, more would have failed than may. Undefined while it is within its budget, or has none.
 */
export function overBudget(canary: Canary, facts: Facts): Reason | undefined {
  const share = shareNow(canary, facts)
  // Of the first minutes nothing is known; before its first shift it had none of the traffic.
  const unknownSeconds = facts.nowSeconds - (canary.exposedUntil ?? canary.startedAt)
  return reasonOf(canary, requestsIn(canary, share, unknownSeconds + aheadSeconds(facts)), '')
}

/** Why no budget is left for a step: what it would risk until its failures are known and it is back. */
export function noBudgetFor(canary: Canary, percent: number, facts: Facts): Reason | undefined {
  return reasonOf(canary, requestsIn(canary, shareAt(canary.subject, percent, facts), blindSeconds(facts)), ` at ${percentText(percent)}`)
}

/** The requests that reach a canary at a percent of its way before it could be back, `peakRequests` a minute of the whole name. */
export function requestsAtRisk(subject: CanarySubject, percent: number, peakRequests: number, facts: Sharing & Timing): number {
  return requestsIn({ peakRequests }, shareAt(subject, percent, facts), blindSeconds(facts))
}

function reasonOf({ exposed, unseen, strategy }: Canary, requests: number, where: string): Reason | undefined {
  const { exposureBudget, worstFailureRatio } = strategy
  const ahead = unseen + worstFailureRatio * requests
  if (exposureBudget === undefined || exposed + ahead <= exposureBudget) return undefined
  const may = exposed > exposureBudget ? '' : ` and ${Math.ceil(ahead)} more may before it could be back${where}`
  return { code: 'budget', sentence: `${exposed} requests failed${may}, more than the budget of ${exposureBudget}` }
}

function requestsIn({ peakRequests }: Pick<Canary, 'peakRequests'>, share: number, seconds: number): number {
  return (peakRequests / 60) * share * seconds
}

/** Until a way back that the next tick begins has reached everybody who keeps to the TTL. One tick may be late. */
function aheadSeconds({ ttlSeconds, propagationSeconds }: Timing): number {
  return 2 * TICK_SECONDS + propagationSeconds + ttlSeconds
}

/** The most that can be unknown, and ahead, at a tick: the minute that runs, the one before it, which may not be readable yet, and the way back. */
function blindSeconds(timing: Timing): number {
  return 2 * 60 + timing.metricLagSeconds + aheadSeconds(timing)
}

function shareAt(subject: CanarySubject, percent: number, { capacityShare = 1 }: Sharing): number {
  if (subject.kind === 'version') return percent / 100
  return capacityShare * (subject.from + ((subject.to - subject.from) * percent) / 100)
}

/** Of whoever leaves, what it had before until its step has settled. */
function shareNow({ subject, step, steps, phase, outcome, asked }: Canary, facts: Sharing): number {
  if (step < 0) return 0
  const share = shareAt(subject, outcome === 'promoted' ? 100 : (steps[step] ?? 100), facts)
  return phase === 'settling' || phase === 'promoting' ? Math.max(share, asked?.before ?? 0) : share
}
