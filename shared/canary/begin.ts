// The start of a canary: who wants to shift what, whether that can be, and the control row it begins with.
import type { Asked, Canary, CanarySubject, ControlRow } from '#model/canary.ts'
import { isInFlight } from '#model/canary.ts'
import type { PreflightAnswer } from '#model/canary-order.ts'
import { endpointsFor } from '#model/endpoints-for.ts'
import { spanAt } from '#model/freeze-window.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { Provider } from '#model/provider.ts'
import type { Reason } from '#model/reason.ts'
import { percentsOf, Strategy } from '#model/strategy.ts'
import { newJudgeState } from './judge/judge-minute.ts'
import { longestMinutes, shortestMinutes } from './plan-minutes.ts'
import { nameOf, stableShares, withShares } from './shares-at.ts'
import { afterRollback, supersedes, waitedTooLong } from './supersede.ts'

/** What is asked for, after the names were found in the configuration. */
export type Wish =
  | { readonly kind: 'version'; readonly version: string }
  /** `part`: where it shall end, of its capacity-proportional share, 0–1. */
  | { readonly kind: 'provider'; readonly provider: string; readonly part: number }

export type BeginFacts = {
  readonly hostname: HostnamePolicy
  readonly providers: readonly Provider[]
  readonly row: ControlRow | undefined
  /** The generation of the fence that stands, and of a pin. */
  readonly generation: number
  readonly execution: string
  readonly by: Asked
  readonly nowSeconds: number
  /** Why the hostname is not in a state to be shifted: paused, pinned, a provider down, no decision yet. */
  readonly obstacles: readonly Reason[]
  /** Requests/s in all, and what each provider can take; absent when not known. */
  readonly room: { readonly demand: number; readonly capacity: Readonly<Record<string, number>> } | undefined
  /** The judge's settings with what history adds to the strategy, and what that is; or why there is no judging by it. */
  readonly learned: { readonly settings: JudgeSettings; readonly sentences: readonly string[] } | { readonly refused: Reason }
  /** Predicted utilisation nobody is pushed above. */
  readonly ceiling: number
  /** What the judge found when it was asked. */
  readonly preflight: PreflightAnswer
}

export type Begun =
  | { readonly kind: 'begun'; readonly row: ControlRow }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] }
  /** The canary in flight has to go back first; it is told so once. */
  | { readonly kind: 'waits'; readonly isTold: boolean; readonly reason: Reason }

/** Step Functions: 25,000 events an execution (developer guide, "Quotas"); a tick costs nine of them. */
const LONGEST_HOURS = 40

/** Refused with every reason at once; nothing is written then. */
export function begin(wish: Wish, facts: BeginFacts): Begun {
  const strategy = strategyOf(facts.hostname)
  const { row } = facts
  const subject = subjectOf(wish, { ...facts, row: afterRollback(row) })
  const { learned, preflight } = facts
  const unlearned = 'refused' in learned ? [learned.refused] : []
  const reasons = [...facts.obstacles, ...whyInTheWay(wish, facts), ...whyNot(subject, strategy, facts), ...unlearned, ...preflight.reasons]
  if (reasons.length > 0 || 'refused' in learned) return { kind: 'refused', reasons }
  if (isInFlight(row)) {
    const { abortAsked, phase, subject: other } = row.canary
    const sentence = `waits until ${nameOf(other, row.hostname)} has gone back, which ${nameOf(subject, row.hostname)} supersedes`
    return { kind: 'waits', isTold: abortAsked !== undefined || phase === 'rollingBack', reason: { code: 'supersedes', sentence } }
  }
  return { kind: 'begun', row: rowOf(subject, { ...strategy, judge: learned.settings }, learned.sentences, facts) }
}

export function strategyOf({ strategy }: Pick<HostnamePolicy, 'strategy'>): Strategy {
  return strategy ?? Strategy.parse({})
}

export function subjectOf(wish: Wish, { hostname, row }: Pick<BeginFacts, 'hostname' | 'row'>): CanarySubject {
  if (wish.kind === 'provider') {
    const bounds = hostname.providers.find(({ provider }) => provider === wish.provider)
    const from = row?.providerParts[wish.provider] ?? (bounds?.entersBy === 'canary' ? 0 : 1)
    return { kind: 'provider', provider: wish.provider, from, to: wish.part }
  }
  return { kind: 'version', service: hostname.service?.name ?? '', version: wish.version, from: standingVersion(row, hostname) }
}

/** The version that has the greatest share now; the stable one before any canary. */
export function standingVersion(row: ControlRow | undefined, { service }: HostnamePolicy): string {
  const shares = Object.entries(row?.versionShares ?? {}).toSorted(([, a], [, b]) => b - a)
  return shares[0]?.[0] ?? service?.stable ?? ''
}

/** One canary per hostname; a second start waits for its end where the strategy in flight gives way, or is refused. */
function whyInTheWay(wish: Wish, { row, by, nowSeconds }: BeginFacts): Reason[] {
  if (!isInFlight(row)) return []
  if (supersedes(row, wish, by.at)) return [waitedTooLong(row, by.at, nowSeconds)].filter((reason) => reason !== undefined)
  const sentence = `${nameOf(row.canary.subject, row.hostname)} is in flight since generation ${row.generation}; abort it first`
  return [{ code: 'in-flight', sentence }]
}

function whyNot(subject: CanarySubject, strategy: Strategy, facts: BeginFacts): Reason[] {
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
  const others = hostname.providers
    .filter((bounds) => bounds.provider !== provider)
    .reduce((sum, bounds) => sum + (room.capacity[bounds.provider] ?? 0), 0)
  if (room.demand <= ceiling * others) return []
  const sentence = `${name}: no room for the way back: the others can take ${(ceiling * others).toFixed(0)} of ${room.demand.toFixed(0)} requests/s`
  return [{ code: 'no-room', sentence }]
}

function rowOf(
  subject: CanarySubject,
  strategy: Strategy,
  learned: readonly string[],
  { hostname, row, generation, execution, by, nowSeconds, preflight: { freezes } }: BeginFacts,
): ControlRow {
  const steps = percentsOf(strategy.steps)
  const reason = {
    code: 'begun',
    sentence: [
      `${nameOf(subject, hostname.hostname)}: begun by ${by.author}: ${by.reason}`,
      `${steps.length} steps to ${steps.at(-1)} %`,
      ...learned,
    ].join('; '),
  }
  const canary: Canary = {
    ...{ execution, subject, by, strategy, steps, phase: 'shifting', step: -1 },
    ...{ startedAt: nowSeconds, phaseSince: nowSeconds, stepSince: nowSeconds, tickAt: nowSeconds, frozenSeconds: 0 },
    ...{ judge: newJudgeState(strategy.judge), countedBefore: 0, exposed: 0, approved: [], freezes, reason, turn: 0, next: 'Shift' },
  }
  const nothing = { versionShares: {}, providerParts: row?.providerParts ?? {} }
  const standing: ControlRow = {
    hostname: hostname.hostname,
    generation: Math.max(generation, row?.generation ?? 0) + 1,
    ...{ ...nothing, cause: 'canary', reason, changedAt: row?.changedAt ?? 0 },
    canary,
  }
  // The stable shares stand explicitly from here on, so that what a deployment names stable cannot move them.
  return subject.kind === 'version'
    ? withShares(standing, stableShares(subject, standing), 'canary', reason, nowSeconds)
    : { ...standing, versionShares: row?.versionShares ?? {} }
}
