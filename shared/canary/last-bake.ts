// The bake at 100 %: how long it lasts, what can still fail there, and what has to be seen before the old version goes.
import type { Canary } from '#model/canary.ts'
import type { Stepped } from './answer.ts'
import { answeredVerdict } from './current-verdict.ts'
import { dwellMinutesOf } from './dwell-minutes.ts'
import type { Facts } from './facts.ts'
import { limitAlone } from './judge/bets.ts'

type Way = (code: string, sentence: string) => Stepped
type Ways = { readonly stay: Way; readonly back: Way; readonly finish: Way }

/** At 100 %: the old version is kept warm until the bake has passed with data. */
export function lastBake(canary: Canary, facts: Facts, { stay, back, finish }: Ways): Stepped {
  const { bakeMinutes, maxDwellMinutes } = canary.strategy
  const dwellMinutes = dwellMinutesOf(canary, facts.nowSeconds)
  if (dwellMinutes < bakeMinutes)
    return stay('baking', `bakes at 100 %: ${dwellMinutes.toFixed(0)} of ${bakeMinutes} minutes; ${heldTo(canary)}`)
  if (isSeen(canary, facts)) return finish('baked', `baked ${bakeMinutes} minutes at 100 %`)
  if (dwellMinutes >= bakeMinutes + maxDwellMinutes) return back('no-evidence', 'no traffic was seen at 100 %')
  return stay('baking', 'no traffic was seen at 100 % yet')
}

/** Whether the judge knows of a minute of now, after the last change, in which the traffic was where it belongs. */
function isSeen(canary: Canary, facts: Facts): boolean {
  const verdict = answeredVerdict(canary, facts)
  if (verdict === undefined || verdict.minute < canary.stepSince) return false
  // A provider that has left is not to be seen any more: then it is the others who have to be.
  const { subject } = canary
  if (subject.kind === 'provider' && subject.to === 0) return (verdict.control?.requests ?? 0) > 0
  return verdict.isCounted && (verdict.canary?.requests ?? 0) > 0
}

/** What can still fail it, where its share is all there is to compare. A provider has the others beside it. */
function heldTo({ subject, strategy }: Canary): string {
  const { judge, alarms, exposureBudget } = strategy
  if (subject.kind === 'provider') return 'judged beside the others'
  const limit = limitAlone(judge)
  const isBet = judge.metrics.some(({ kind, aborts }) => kind === 'failures' && (aborts || judge.guardFailureRatio !== undefined))
  const limits = [
    ...(limit === undefined || !isBet ? [] : [`more than ${limit} of its requests failing`]),
    ...(alarms.length === 0 ? [] : ['its alarms']),
    ...(exposureBudget === undefined ? [] : ['its exposure budget']),
  ]
  return limits.length === 0 ? 'no old version to compare with, and no limit is set' : `ended by ${limits.join(', or by ')}`
}
