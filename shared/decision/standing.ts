// Who is down, who has come back, and whether so many are down that the checks themselves are doubted.
import type { ProviderMemory } from '#model/memory.ts'
import type { EstimatorPolicy } from '#model/policy.ts'
import { effectiveCapacity } from './estimate.ts'
import { isRed, type Member } from './member.ts'

/** A capacity below this part of the nominal one is none: shares that small are lost in arithmetic. */
const NOTHING = 1e-6

export type Standing = {
  readonly members: readonly Member[]
  /** Requests/s over the set; undefined while no provider ever reported a load, or one that serves never did. */
  readonly demand: number | undefined
  readonly isPanic: boolean
}

/** The members with `isDown` and the beginning of a ramp decided. */
export function standing(members: readonly Member[], estimator: EstimatorPolicy, deadSeconds: number, nowSeconds: number): Standing {
  const demand = demandOf(members, deadSeconds, nowSeconds)
  const decided = members.map((member) => ({ ...member, memory: upOrDown(member, members, demand, estimator, nowSeconds) }))
  return { members: decided, demand, isPanic: isPanic(decided, estimator) }
}

function demandOf(members: readonly Member[], deadSeconds: number, nowSeconds: number): number | undefined {
  const isOut = ({ memory, drain }: Member) => memory.isDown || memory.redSince !== undefined || drain !== undefined
  if (members.some((member) => member.memory.load === undefined && !isOut(member))) return undefined
  // The last load of a provider that is out and silent has arrived at the others after a dead time; counted on, it would be there twice.
  const hasMoved = (member: Member) =>
    isOut(member) && member.reading.load === undefined && nowSeconds - member.memory.windowEnd > deadSeconds
  return members.reduce((sum, member) => sum + (hasMoved(member) ? 0 : (member.memory.load?.value ?? 0)), 0)
}

function upOrDown(
  member: Member,
  all: readonly Member[],
  demand: number | undefined,
  estimator: EstimatorPolicy,
  nowSeconds: number,
): ProviderMemory {
  const { memory, reading } = member
  // A capacity of 0 stays 0 while it is missing.
  const hasNothing = (reading.capacity ?? memory.capacity?.value ?? memory.nominal) <= NOTHING * memory.nominal
  if (memory.redSince !== undefined) {
    const isLong = nowSeconds - memory.redSince >= estimator.downAfterSeconds
    const isDown = memory.isDown || hasNothing || isLong || haveRoom(all, demand, estimator)
    return isDown ? wentDown(memory) : memory
  }
  if (hasNothing) return wentDown(memory)
  return memory.isDown ? cameBack(memory, estimator, nowSeconds) : memory
}

/** Those that are neither red, down nor drained can take all of the demand. */
function haveRoom(all: readonly Member[], demand: number | undefined, estimator: EstimatorPolicy): boolean {
  if (demand === undefined) return false
  const others = all.filter((other) => !isRed(other) && !other.memory.isDown && other.drain === undefined)
  const room = others.reduce((sum, other) => sum + effectiveCapacity(other, estimator), 0)
  return room > 0 && demand <= estimator.fill * room
}

function wentDown(memory: ProviderMemory): ProviderMemory {
  const { softLimit: _soft, greenSince, ...rest } = memory
  // Down behind a green check: when it comes back no check will say since when, so the tick that sees it does.
  const green = memory.redSince === undefined || greenSince === undefined ? {} : { greenSince }
  return { ...rest, ...green, isDown: true, isRamping: false, isBad: false }
}

/** A return begins with a trickle; time and good windows count from here where no check has said when it began. */
function cameBack(memory: ProviderMemory, estimator: EstimatorPolicy, nowSeconds: number): ProviderMemory {
  const { lastBadAt: _bad, lastCutAt: _cut, episodeStartedAt: _episode, beforeEpisode: _before, goodput: _goodput, ...rest } = memory
  return {
    ...rest,
    isDown: false,
    isRamping: true,
    limit: estimator.rampStart * memory.nominal,
    isLimitRaised: false,
    failedProbes: 0,
    greenSince: memory.greenSince ?? nowSeconds,
    goodWindows: 0,
  }
}

/** Two or more checks red, or all of them, and less than `panicBelow` of the capacity left: then the checks are doubted. */
function isPanic(members: readonly Member[], { panicBelow }: EstimatorPolicy): boolean {
  const red = members.filter(isRed).length
  if (red < 2 && red < members.length) return false
  const nominal = (some: readonly Member[]) => some.reduce((sum, { memory }) => sum + memory.nominal, 0)
  return nominal(members.filter(({ memory }) => !memory.isDown)) < panicBelow * nominal(members)
}
