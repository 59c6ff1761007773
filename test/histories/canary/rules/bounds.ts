// How far, how long and how much: capacity, weights, exposure, time.
import type { Canary } from '#model/canary.ts'
import { isInFlight } from '#model/canary.ts'
import { type CanaryWorld, VERSIONS } from '../world.ts'
import { type CanaryRule, hasNoWayBack, stepOf } from './rule.ts'

/** Weights are whole. */
const ROUNDING = 0.012
/** Ticks that may pass until somebody looks again. */
const SLACK_MINUTES = 4
/** That nobody can know or undo at best: the minute that runs until it can be read, a tick, and the TTL. */
const BLIND_MINUTES = 4

export const noRoom: CanaryRule = {
  name: 'no-room',
  advanced: ({ before, after, by }, { base, state }) => {
    const { subject } = after.canary ?? {}
    if (subject?.kind !== 'provider' || (by.kind !== 'begin' && by.kind !== 'machine')) return undefined
    const part = (row: typeof before) => row?.providerParts[subject.provider] ?? subject.from
    const isMoved = by.kind === 'begin' || (part(after) - part(before)) * (subject.to - subject.from) > 0
    // One that comes in takes load off the others: it has only to begin with room for the way back.
    if (by.kind === 'machine' && subject.to > subject.from) return undefined
    // The controller knows the load when it has stood for its windows.
    if (!isMoved || after.cause === 'rollback' || state.loadMinutes < 15 || state.aliveMinutes < 15) return undefined
    const demand = Object.values(base.clouds).reduce((sum, { load = 100 }) => sum + load, 0)
    const others = Object.entries(base.clouds).reduce(
      (sum, [name, { capacity = 0 }]) => (name === subject.provider ? sum : sum + capacity),
      0,
    )
    return demand > 1.02 * others ? `${subject.provider} was shifted, and the others can take ${others} of ${demand} requests/s` : undefined
  },
}

export const conservation: CanaryRule = {
  name: 'conservation',
  minute: (row, { base, isWellFor }) => {
    const { members } = base.zone.standing
    const odd = members.find(({ weight }) => !Number.isInteger(weight) || weight < 0 || weight > 255)
    if (odd !== undefined) return `${odd.setIdentifier} has weight ${odd.weight}`
    if (members.length > 0 && members.every(({ weight }) => weight === 0)) return 'every weight is 0'
    if (row === undefined || !isWellFor(3)) return undefined
    const wrong = Object.entries(row.versionShares).find(([version, share]) => Math.abs(base.shareOf(version) - share) > ROUNDING)
    return wrong === undefined ? undefined : `${wrong[0]} stands at ${base.shareOf(wrong[0]).toFixed(3)}, and the split says ${wrong[1]}`
  },
}

export const exposure: CanaryRule = {
  name: 'exposure',
  begun: ({ next }, execution, row) => {
    const { canary } = row ?? {}
    const { exposureBudget, worstFailureRatio = 1 } = canary?.strategy ?? {}
    if (next === 'Done' || canary?.execution !== execution || canary.subject.kind !== 'version' || exposureBudget === undefined)
      return undefined
    const failures = BLIND_MINUTES * canary.peakRequests * worstFailureRatio
    return failures > exposureBudget
      ? `it began with a budget of ${exposureBudget}, and at 100 % ${failures} may fail before anybody could know and take it back`
      : undefined
  },
  advanced: (advance) => {
    const { was, is } = stepOf(advance) ?? {}
    const { exposureBudget } = is?.strategy ?? {}
    if (was === undefined || is === undefined || exposureBudget === undefined || advance.by.kind !== 'machine') return undefined
    const isOver = is.exposed > exposureBudget && is.phase !== 'rollingBack' && is.phase !== 'ended'
    return isOver && !hasNoWayBack(advance.after) ? `${is.exposed} failed, the budget is ${exposureBudget}, and it goes on` : undefined
  },
  minute: (row, world) => {
    const { canary } = row ?? {}
    const { exposureBudget } = canary?.strategy ?? {}
    if (canary === undefined || exposureBudget === undefined || canary.subject.kind !== 'version' || isExcused(canary, world))
      return undefined
    const { subject, startedAt, phase, phaseSince, outcome } = canary
    if (phase === 'ended' && outcome === 'promoted') return undefined
    const until = phase === 'ended' ? phaseSince : Number.POSITIVE_INFINITY
    const minutes = world.happened.filter(({ at }) => at >= startedAt - 60 && at <= until)
    const failures = minutes.reduce((sum, minute) => sum + Math.floor(minute.failures[subject.version] ?? 0), 0)
    return failures > exposureBudget
      ? `${failures} requests have failed at the canary, the budget is ${exposureBudget}, and it is ${phase}`
      : undefined
  },
}

/**
 * Silent metrics and a judge who does not answer are no excuse. These are: nobody drives it, its way back does not reach the records or may not be taken,
 * more requests than there were before its start, and clients who keep to no TTL.
 */
function isExcused({ startedAt, subject }: Canary, { happened, state, base }: CanaryWorld): boolean {
  if (Math.max(state.troubledAt, state.blockedAt) >= startedAt - 60) return true
  const isStale = base.flow.stale > 0 || Object.values(base.flow.staleAt).some((part) => part > 0)
  if (subject.kind === 'version' && subject.version === VERSIONS[0] && (isStale || state.staleAt >= startedAt - 60)) return true
  const totals = happened.map(({ at, requests }) => ({ at, total: Object.values(requests).reduce((sum, one) => sum + one, 0) }))
  const most = (those: typeof totals) => Math.max(0, ...those.map(({ total }) => total))
  const known = totals.filter(({ at }) => at >= startedAt - 600 && at <= startedAt - 180)
  // Whole requests: a rounding at each cloud and version.
  return most(totals.filter(({ at }) => at > startedAt - 180)) > most(known) + 4
}

export const boundedTime: CanaryRule = {
  name: 'bounded-time',
  minute: (row, { executions, now, isWellFor, isRed }) => {
    if (!isInFlight(row) || hasNoWayBack(row)) return undefined
    const { canary } = row
    const isDriven = executions.some(({ arn, state, caught }) => arn === canary.execution && state === 'running' && !caught)
    const isBlocked = canary.subject.kind === 'version' && isRed(canary.subject.from)
    if (!isDriven || isBlocked || !isWellFor(SLACK_MINUTES + 2)) return undefined
    const minutes = (since: number) => (now() - since) / 60
    const most = mostMinutes(canary) + SLACK_MINUTES
    const age =
      canary.phase === 'baking' || canary.phase === 'lastBake'
        ? minutes(canary.stepSince) - canary.frozenSeconds / 60
        : minutes(canary.phaseSince)
    if (canary.still === undefined && canary.phase !== 'shifting' && age > most)
      return `${canary.phase} for ${age.toFixed(0)} minutes, at most ${most} are right: ${canary.reason.sentence}`
    // On its way back it stands no more.
    const stillMinutes = canary.still === undefined || canary.phase === 'rollingBack' ? 0 : minutes(canary.still.since)
    const mostStill = Math.max(canary.strategy.holdMinutes, 2 * canary.strategy.maxDwellMinutes) + SLACK_MINUTES
    return stillMinutes > mostStill ? `stands still for ${stillMinutes.toFixed(0)} minutes (${canary.still?.code})` : undefined
  },
}

function mostMinutes({ phase, strategy }: Canary): number {
  const { settleMinutes, bakeMinutes, maxDwellMinutes, holdMinutes, gates, onMaxDwell } = strategy
  const gate = Math.max(0, ...gates.map(({ deadlineMinutes }) => deadlineMinutes))
  switch (phase) {
    case 'shifting':
    case 'settling':
    case 'promoting':
    case 'rollingBack':
      return settleMinutes
    case 'baking':
      return Math.max(maxDwellMinutes, gate) + (onMaxDwell === 'hold' ? holdMinutes : 0)
    case 'lastBake':
      return bakeMinutes + maxDwellMinutes
    case 'ended':
      return Number.POSITIVE_INFINITY
  }
}
