// What speaks against the start of a canary: another one, the version or the provider itself, its plan, the calendar, and room.
import { type CanarySubject, isInFlight, LONGEST_CANARY_SECONDS } from '#model/canary.ts'
import { endpointsFor } from '#model/endpoints-for.ts'
import { spanAt } from '#model/freeze-window.ts'
import type { Reason } from '#model/reason.ts'
import { percentsOf, type Strategy } from '#model/strategy.ts'
import type { BeginFacts, Wish } from './begin-facts.ts'
import { longestMinutes, shortestMinutes } from './plan-minutes.ts'
import { lackOfRoom } from './room.ts'
import { nameOf } from './shares-at.ts'
import { supersedes, waitedTooLong } from './supersede.ts'
import { whyNoBudget } from './why-no-budget.ts'

const LONGEST_HOURS = LONGEST_CANARY_SECONDS / 3600

/** One canary per hostname; a second start waits for its end where the strategy in flight gives way, or is refused. */
export function whyInTheWay(wish: Wish, { row, by, nowSeconds }: BeginFacts): Reason[] {
  if (!isInFlight(row)) return []
  if (supersedes(row, wish, by.at)) return [waitedTooLong(row, by.at, nowSeconds)].filter((reason) => reason !== undefined)
  const sentence = `${nameOf(row.canary.subject, row.hostname)} is in flight since generation ${row.generation}; abort it first`
  return [{ code: 'in-flight', sentence }]
}

/** All that the facts say against it, each as a reason of its own. */
export function whyNot(subject: CanarySubject, strategy: Strategy, facts: BeginFacts): Reason[] {
  const { hostname } = facts
  const name = nameOf(subject, hostname.hostname)
  const reasons: Reason[] = []
  const no = (code: string, sentence: string) => void reasons.push({ code, sentence: `${name}: ${sentence}` })
  if (subject.kind === 'version' ? subject.from === subject.version : subject.from === subject.to) no('already', 'it stands there already')
  if (subject.kind === 'version') reasons.push(...whyNotVersion(subject, name, facts), ...whyNoRoom(name, facts))
  else reasons.push(...whyNotProvider(subject, name, facts))
  const steps = percentsOf(strategy.steps)
  if (steps.some((percent, index) => percent <= (steps[index - 1] ?? 0))) no('steps-rise', `the steps ${steps.join(', ')} do not rise`)
  const hours = longestMinutes(strategy) / 60
  if (hours > LONGEST_HOURS)
    no(
      'too-long',
      `it could last ${hours.toFixed(0)} hours, at most ${LONGEST_HOURS} are possible: fewer steps, or a shorter maxDwellMinutes`,
    )
  const budget = whyNoBudget(subject, strategy, facts)
  if (budget !== undefined) no('no-budget', `${budget}: a greater exposureBudget, or a worstFailureRatio that you vouch for`)
  return [...reasons, ...whyFrozen(name, strategy, facts)]
}

/** What certainly runs into a window is refused; what may, because it takes longer than it must, stands still in it. */
function whyFrozen(name: string, strategy: Strategy, { nowSeconds, preflight: { freezes } }: BeginFacts): Reason[] {
  const now = spanAt(freezes, nowSeconds)
  if (now !== undefined)
    return [{ code: 'frozen', sentence: `${name}: nothing goes forward in the freeze window ${now.name}, which ends at ${now.ends}` }]
  const minutes = shortestMinutes(strategy)
  const next = freezes.find(({ from }) => from > nowSeconds && from < nowSeconds + minutes * 60)
  if (next === undefined) return []
  const inMinutes = Math.floor((next.from - nowSeconds) / 60)
  const sentence = `${name}: it takes at least ${minutes} minutes, and the freeze window ${next.name} begins in ${inMinutes} and ends at ${next.ends}`
  return [{ code: 'freeze-ahead', sentence }]
}

/** More load than all of them can take: whoever shifts then, shifts onto somebody who has no room. */
function whyNoRoom(name: string, { hostname, room, ceiling }: BeginFacts): Reason[] {
  if (room === undefined) return []
  const capacity = hostname.providers.reduce((sum, { provider }) => sum + (room.capacity[provider] ?? 0), 0)
  if (room.demand <= ceiling * capacity) return []
  const sentence = `${name}: no room: all together can take ${(ceiling * capacity).toFixed(0)} of ${room.demand.toFixed(0)} requests/s`
  return [{ code: 'no-room', sentence }]
}

function whyNotVersion(
  { version, service }: Extract<CanarySubject, { kind: 'version' }>,
  name: string,
  { hostname, providers }: BeginFacts,
): Reason[] {
  const serving = providers.filter((provider) => hostname.providers.some((bounds) => bounds.provider === provider.name))
  const without = serving.filter((provider) => endpointsFor(hostname, provider, version).length === 0).map((provider) => provider.name)
  if (without.length === 0) return []
  const known = new Set(serving.flatMap((provider) => endpointsFor(hostname, provider).flatMap(({ of }) => of?.version ?? [])))
  const why =
    without.length === serving.length
      ? `no such version; ${service} has ${[...known].join(', ')}`
      : `it has no endpoint at ${without.join(', ')}`
  return [{ code: 'unknown-version', sentence: `${name}: ${why}` }]
}

/** The way back is reserved: whoever is to lose everything leaves others who can take it, and so does whoever has yet to prove itself. */
function whyNotProvider(
  { provider }: Extract<CanarySubject, { kind: 'provider' }>,
  name: string,
  { hostname, room, ceiling }: BeginFacts,
): Reason[] {
  if (hostname.providers.length < 2) return [{ code: 'only-provider', sentence: `${name}: it is the only provider` }]
  if (room === undefined)
    return [{ code: 'no-room', sentence: `${name}: load and capacity are not known, so nobody can say that the others have room` }]
  const lack = lackOfRoom(provider, hostname, room, ceiling)
  return lack === undefined ? [] : [{ code: 'no-room', sentence: `${name}: ${lack}` }]
}
