// Invariant 6. Who comes back gets a trickle first, and then what a ramp allows or what it has carried without failing.
import { fails, isValid, pastOf } from '../world/view.ts'
import type { World } from '../world/world.ts'
import { isDrainNews, movesOf } from './movement.ts'
import type { Adopted, Rule } from './rule.ts'

/** Red for this long is down by any reading. */
const DOWN_MINUTES = 6
/** Clouds beside it that were well for this long. */
const WELL_SECONDS = 3_600
const TOLERANCE = 1.15
const POINTS = 0.01

export const gatedReturn: Rule = {
  name: 'gated-return',
  adopted: (adopted, world) => {
    if (isDrainNews(adopted) || adopted.run.invocation.startedAt - world.model.memoryLostAt < WELL_SECONDS) return undefined
    for (const { name, from, to } of movesOf(adopted)) {
      const since = to > from ? returnedSince(name, world) : undefined
      if (since === undefined || !othersAreWell(name, adopted, world)) continue
      const allowed = allowance(name, since, adopted, world)
      if (to > TOLERANCE * allowed + POINTS)
        return `${name} came back ${world.nowSeconds - since} s ago and rose from ${from.toFixed(3)} to ${to.toFixed(3)}; the ramp allows ${allowed.toFixed(3)}`
    }
    return undefined
  },
}

/** End of the last red minute, when the cloud had been red for long; undefined when it was not, or is red again. */
function returnedSince(name: string, { clouds, nowSeconds }: World): number | undefined {
  const published = clouds.all.find((cloud) => cloud.setup.name === name)?.minutes.filter(({ at }) => at + 60 <= nowSeconds) ?? []
  const last = published.findLastIndex(({ probe }) => probe === 0)
  if (last < DOWN_MINUTES - 1 || last === published.length - 1) return undefined
  const wasLong = published.slice(last - DOWN_MINUTES + 1, last + 1).every(({ probe }) => probe === 0)
  return wasLong ? (published[last]?.at ?? 0) + 60 : undefined
}

function othersAreWell(name: string, { after }: Adopted, { clouds, nowSeconds, setup }: World): boolean {
  return clouds.all
    .filter((cloud) => cloud.setup.name !== name)
    .every((cloud) => {
      const past = pastOf(cloud, WELL_SECONDS, nowSeconds)
      const { minShare, maxShare } = cloud.setup
      const isFree = minShare === 0 && maxShare === 1 && after.drained?.includes(cloud.setup.name) !== true
      return isFree && !past.wasEverRed && !past.everFailed && !past.everSilent && past.leastCapacity > 0 && setup.clouds.length > 1
    })
}

/** The share that the ramp allows, or that a load carried since would be. */
function allowance(name: string, since: number, { before, run }: Adopted, { clouds, nowSeconds, configuration }: World): number {
  const { estimator, guards, timing } = configuration.policy
  const own = clouds.all.find((cloud) => cloud.setup.name === name)
  if (own === undefined) return 1
  const past = pastOf(own, nowSeconds - since, nowSeconds)
  const nominal = Math.max(own.setup.rating, pastOf(own, 10 * WELL_SECONDS, nowSeconds).greatestCapacity)
  // The ramp goes on from a load that was carried (section 3: q = max(q, load), then q += nominal · tick / ramp).
  const closed = run.invocation.startedAt - timing.metricLagSeconds
  const good = own.minutes.filter(
    (one) => one.at >= since && one.at + 60 <= closed && isValid(one.load) && isValid(one.errors) && !fails(one),
  )
  const hasProven = good.length >= estimator.returnWindows
  const grown = hasProven ? Math.max(0, nowSeconds - since - estimator.settleSeconds) / estimator.rampSeconds : 0
  const capacity = Math.max(estimator.rampStart * nominal, past.greatestLoad) + grown * nominal
  const pasts = clouds.all.filter((cloud) => cloud !== own).map((cloud) => pastOf(cloud, WELL_SECONDS, nowSeconds))
  const room = pasts.reduce((sum, { leastCapacity }) => sum + leastCapacity, 0)
  const demand = clouds.all.reduce((sum, cloud) => sum + (cloud.minutes.at(-1)?.load ?? 0), 0)
  const underCeiling = demand > 0 ? (guards.ceiling * capacity) / demand : 0
  const bias = before?.bias?.[name] ?? 1
  return Math.max(guards.returnWeight, own.setup.minShare, capacity / (capacity + room), Math.min(1, underCeiling)) / Math.min(1, bias)
}
