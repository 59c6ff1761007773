// Scenarios nobody chose: drawn from a seed, so that nothing can be tuned to them one by one.
import { randomOf } from './random.ts'
import { Scenario, type Series } from './scenario.ts'

const NAMES = ['alpha', 'beta', 'gamma', 'delta'] as const
const TIMINGS = [
  { lagSeconds: 60, tickSeconds: 60, windowSeconds: 60 },
  { lagSeconds: 60, tickSeconds: 30, windowSeconds: 30 },
  { lagSeconds: 15, tickSeconds: 10, windowSeconds: 10 },
] as const
const KINDS = [
  'brownout',
  'brownout of two',
  'short brownout',
  'visible drop',
  'drift',
  'failure',
  'outage',
  'cold return',
  'surge',
  'failing requests',
] as const

/** One scenario per seed: 2–4 clouds of 100–600 requests/s, filled to 35–90 %, one thing happens to one or two of them. */
export function randomScenario(seed: number): Scenario {
  const random = randomOf(seed * 7919)
  const between = (from: number, to: number) => from + (to - from) * random()
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  const ratings = Array.from({ length: 2 + Math.floor(random() * 3) }, () => Math.round(between(100, 600)))
  const kind = pick(KINDS)
  const fullness = between(0.35, 0.9)
  const total = ratings.reduce((sum, rating) => sum + rating, 0)
  const hit = Math.floor(random() * ratings.length)
  const second = kind === 'brownout of two' ? (hit + 1) % ratings.length : -1
  const depth = between(0.2, 0.95)
  const reportsUtilisation = random() < 0.3
  const minutes = between(2, 12)
  const providers = ratings.map((rating, p) => ({
    name: NAMES[p],
    rating,
    capacity: rating,
    reportsUtilisation,
    ...(p === hit || p === second ? happening(kind, rating, depth, 60 * minutes) : {}),
  }))
  const demand = fullness * total
  return Scenario.parse({
    name: `random ${seed}: ${kind}, ${ratings.join('/')}, ${Math.round(100 * fullness)} % full`,
    providers,
    demand: kind === 'surge' ? steps(demand, demand * (1 + depth)) : demand,
    timings: [pick(TIMINGS)],
    seeds: [seed],
    phases: 10,
  })
}

const BEFORE = -1e6

function steps(before: number, after: number, again?: readonly [number, number]): Series {
  return { steps: [[BEFORE, before], [0, after], ...(again === undefined ? [] : [[...again] as [number, number]])] }
}

function happening(kind: (typeof KINDS)[number], rating: number, depth: number, seconds: number): object {
  const left = rating * (1 - depth)
  switch (kind) {
    case 'brownout':
    case 'brownout of two':
      return { capacity: steps(rating, left) }
    case 'short brownout':
      return { capacity: steps(rating, left, [seconds, rating]) }
    case 'visible drop':
      return { capacity: steps(rating, left), reportedCapacity: steps(rating, left) }
    case 'drift':
      return {
        capacity: {
          ramp: [
            [BEFORE, rating],
            [0, rating],
            [seconds, left],
          ],
        },
      }
    case 'failure':
      return { capacity: steps(rating, 0), reportedCapacity: steps(rating, 0) }
    case 'outage':
      return { capacity: steps(rating, 0, [seconds, rating]) }
    case 'cold return':
      return {
        capacity: {
          ramp: [
            [BEFORE, 0.05 * rating],
            [0, 0.05 * rating],
            [seconds, rating],
          ],
        },
        probe: steps(0, 1),
      }
    case 'failing requests':
      return { failureRatio: steps(0, depth) }
    case 'surge':
      return {}
  }
}
