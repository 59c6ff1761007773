// The shares that capacity, failures, bounds, ceiling and tiers ask for, before anything asks whether they are worth a write.
import type { SetMemory } from '#model/memory.ts'
import type { Policy } from '#model/policy.ts'
import { allotUnderCeiling, type Taker } from './allot-under-ceiling.ts'
import { effectiveCapacity } from './estimate.ts'
import { holdInService, leaveOverload } from './leave-overload.ts'
import { isRed, isUnknown, type Member, mayServe } from './member.ts'
import type { Standing } from './standing.ts'
import { lowerTierShare } from './tiers.ts'

export type Target = {
  /** Shares as the records shall carry them, in the order of the members: withheld ones have the return weight; they sum to 1. */
  readonly shares: readonly number[]
  /** `E` with what was offered, requests/s. */
  readonly capacities: readonly number[]
  /** Those that fail get less than their capacity asks for, so that cached answers drain. */
  readonly isRelieved: boolean
  /** Everybody in service fails: nobody is better off elsewhere. */
  readonly isHeld: boolean
}

type Claimant = Member & { readonly capacity: number; readonly isServing: boolean; readonly isLower: boolean }

/** Undefined when nobody may serve. */
export function targetShares(
  { members, demand, isPanic }: Standing,
  offered: readonly number[],
  set: SetMemory | undefined,
  policy: Policy,
): Target | undefined {
  const claimants = members.map((member, i): Claimant => {
    const isDoubted = isPanic && member.memory.isDown && member.drain === undefined
    // A share waits behind the red check for its return; the first decision takes nothing away from anybody, so nothing waits.
    const isAwaited = set !== undefined && member.memory.isDown && (offered[i] ?? 0) > 0
    return {
      ...member,
      capacity: capacityOf(member, isDoubted, offered[i] ?? 0, set === undefined, policy),
      isServing: mayServe(member) || isDoubted || isAwaited,
      isLower: member.bounds.maxShare === 0,
    }
  })
  const serving = claimants.filter(({ isServing }) => isServing)
  const withheld = claimants.filter((claimant) => !claimant.isServing && isRed(claimant) && claimant.drain === undefined)
  const forServing = 1 - withheld.length * policy.guards.returnWeight
  const { shares, kept, isRelieved } = shareOut(serving, demand, forServing, policy)
  if (shares.every((share) => !(share > 0))) return undefined
  const inService = serving.filter((claimant) => !isRed(claimant))
  const isHeld = !isPanic && inService.length > 0 && inService.every(({ memory }) => memory.isBad)
  const named = (some: readonly number[]) => new Map(serving.map(({ name }, i) => [name, some[i] ?? 0]))
  const corrected = isHeld ? named(holdInService(serving, shares)) : unbias(named(shares), kept, set)
  return {
    shares: claimants.map((claimant) => {
      if (claimant.isServing) return (corrected.get(claimant.name) ?? 0) * forServing
      return withheld.includes(claimant) ? policy.guards.returnWeight : 0
    }),
    capacities: claimants.map(({ capacity }) => capacity),
    isRelieved,
    isHeld,
  }
}

/** Before the first decision the rating counts: one window is not enough to contradict the configuration. */
function capacityOf(member: Member, isDoubted: boolean, offered: number, isFirst: boolean, policy: Policy): number {
  if (isFirst) return member.rating
  return isDoubted ? member.memory.nominal : effectiveCapacity(member, policy.estimator) + offered
}

/** Shares among those that serve; they sum to 1. */
function shareOut(serving: readonly Claimant[], demand: number | undefined, forServing: number, policy: Policy) {
  const upperCapacity = total(serving.filter(({ isLower }) => !isLower))
  const lowerCapacity = total(serving.filter(({ isLower }) => isLower))
  const lower = lowerTierShare({ upperCapacity, lowerCapacity, demand }, policy.guards)
  const takerOf = ({ isLower, bounds, capacity }: Claimant): Taker => {
    if (!isLower) return { capacity, min: bounds.minShare, max: bounds.maxShare }
    const part = lowerCapacity > 0 ? (lower * capacity) / lowerCapacity : 0
    return { capacity: part > 0 ? capacity : 0, min: part, max: part }
  }
  const takers = serving.map(takerOf)
  const room = 1 - returningPart(serving)
  const pinned = serving.map((claimant) => pinUnknown(takerOf(claimant), claimant, forServing, room))
  const allot = (some: readonly Taker[]) => allotUnderCeiling(some, demand, policy.guards.ceiling)
  const share = (some: readonly Taker[]) => relieve(serving, some, allot(some), demand, policy)
  const held = share(pinned)
  // Nobody may be overloaded for the sake of a provider that says nothing, nor may traffic be left over.
  const isTooLittle = held.reduce((sum, one) => sum + one, 0) < 1 - 1e-6
  const isTooMuch = serving.some(
    (claimant, i) => !isUnknown(claimant) && (held[i] ?? 0) * (demand ?? 0) > policy.guards.ceiling * claimant.capacity,
  )
  const isKept = !isTooMuch && !isTooLittle
  const kept = new Set(serving.filter((claimant) => isKept && keepsShare(claimant)).map(({ name }) => name))
  const shares = isKept ? held : share(takers)
  const asked = allot(isKept ? pinned : takers)
  const isRelieved = serving.some(({ memory }, i) => memory.isBad && (shares[i] ?? 0) < (asked[i] ?? 0) - 1e-3)
  return { shares, kept, isRelieved }
}

/** A provider with a missing signal keeps the share that stands. */
function keepsShare(member: Member): boolean {
  return isUnknown(member) && member.standing !== undefined && !isReturning(member)
}

/** A share of 0 is nothing to keep: an ended drain must not last for as long as the signals are missing. Its check must have been seen green. */
function isReturning({ standing, bounds, reading }: Member): boolean {
  return standing === 0 && bounds.maxShare > 0 && reading.probe.state === 'green'
}

/** The part of all capacity, as last known, that is at providers which return from nothing without their signals: the others make room for it. */
function returningPart(serving: readonly Claimant[]): number {
  const returning = serving.filter((member) => isUnknown(member) && isReturning(member))
  return returning.length === 0 ? 0 : total(returning) / total(serving)
}

function total(some: readonly Claimant[]): number {
  return some.reduce((sum, { capacity }) => sum + capacity, 0)
}

function pinUnknown(taker: Taker, member: Member, forServing: number, room: number): Taker {
  if (!keepsShare(member)) return taker
  const share = Math.min(1, (room * (member.standing ?? 0)) / forServing)
  return { ...taker, min: share, max: share }
}

/**
 * Those that fail get less than their estimate for a moment, so that the backlog of cached answers drains: but no less than what the
 * others, filled to `fill`, cannot take, and no less than `floor` of what they would get.
 */
function relieve(
  serving: readonly Claimant[],
  takers: readonly Taker[],
  shares: readonly number[],
  demand: number | undefined,
  { estimator, guards }: Policy,
): readonly number[] {
  const failing = serving.map(({ memory }) => memory.isBad)
  if (demand === undefined || demand <= 0 || !failing.includes(true) || !failing.includes(false)) return shares
  const left = leaveOverload(serving, takers, shares, demand)
  if (left !== undefined) return left
  const sum = (value: (claimant: Claimant, i: number) => number) => serving.reduce((total, claimant, i) => total + value(claimant, i), 0)
  const group = sum((_, i) => (failing[i] ? (shares[i] ?? 0) : 0))
  if (group <= 0) return shares
  const others = sum((claimant) => (claimant.memory.isBad || isRed(claimant) ? 0 : claimant.capacity))
  const soft = sum(({ memory, capacity }) => (memory.isBad ? Math.min(capacity, memory.softLimit ?? capacity) : 0))
  const relieved = Math.min(group, Math.max(1 - (estimator.fill * others) / demand, soft / demand, estimator.floor * group))
  const bound = takers.map((taker, i): Taker => {
    if (!failing[i]) return taker
    const share = ((shares[i] ?? 0) * relieved) / group
    return { ...taker, min: share, max: share }
  })
  return allotUnderCeiling(bound, undefined, guards.ceiling)
}

/** Clients do not spread exactly as the records say; where that has been measured for long, the records lean against it. What is kept leans already. */
function unbias(shares: ReadonlyMap<string, number>, kept: ReadonlySet<string>, set: SetMemory | undefined): Map<string, number> {
  const total = (some: readonly (readonly [string, number])[]) => some.reduce((sum, [, share]) => sum + share, 0)
  const free = [...shares].filter(([name]) => !kept.has(name))
  const leaned = free.map(([name, share]): [string, number] => [name, share / (set?.bias?.[name] ?? 1)])
  const scale = total(leaned) > 0 ? total(free) / total(leaned) : 0
  const lean = ([name, share]: readonly [string, number]) => Math.min(1, (scale * share) / (set?.bias?.[name] ?? 1))
  return new Map([...shares].map(([name, share]) => [name, kept.has(name) ? share : lean([name, share])]))
}
