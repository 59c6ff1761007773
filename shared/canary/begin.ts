// The start of a canary: who wants to shift what, whether that can be, and the control row it begins with.
import type { Canary, CanarySubject, ControlRow } from '#model/canary.ts'
import { isInFlight } from '#model/canary.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { Reason } from '#model/reason.ts'
import { percentsOf, Strategy } from '#model/strategy.ts'
import type { BeginFacts, Wish } from './begin-facts.ts'
import { newJudgeState } from './judge/judge-minute.ts'
import { nameOf, stableShares, withShares } from './shares-at.ts'
import { afterRollback } from './supersede.ts'
import { peakOf } from './why-no-budget.ts'
import { whyInTheWay, whyNot } from './why-not.ts'

export type Begun =
  | { readonly kind: 'begun'; readonly row: ControlRow }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] }
  /** The canary in flight has to go back first; it is told so once. */
  | { readonly kind: 'waits'; readonly isTold: boolean; readonly reason: Reason }

/** Refused with every reason at once; nothing is written then. */
export function begin(wish: Wish, facts: BeginFacts): Begun {
  const strategy = strategyOf(facts.hostname)
  const { row } = facts
  const subject = subjectOf(wish, { ...facts, row: afterRollback(row) })
  const { learned, reasons: found } = facts.preflight
  const unlearned = 'refused' in learned ? [learned.refused] : []
  const reasons = [...facts.obstacles, ...whyInTheWay(wish, facts), ...whyNot(subject, strategy, facts), ...unlearned, ...found]
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

function rowOf(subject: CanarySubject, strategy: Strategy, learned: readonly string[], facts: BeginFacts): ControlRow {
  const { hostname, row, generation, execution, by, nowSeconds } = facts
  const { freezes } = facts.preflight
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
    ...{
      judge: newJudgeState(strategy.judge),
      countedBefore: 0,
      exposed: 0,
      unseen: 0,
      peakRequests: peakOf(facts),
      approved: [],
      freezes,
      reason,
      turn: 0,
      next: 'Shift',
    },
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
