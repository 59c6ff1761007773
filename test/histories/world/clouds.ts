// Simulated clouds and the minutes of metrics they publish. Clients follow the records with the inertia of their resolvers.

import { prng } from '#test/builders/prng.ts'
import type { CloudSetup, Setup, Signal } from '../history.ts'

/** What was published of one closed minute; absent is what nobody published. Rates in requests/s. */
export type Minute = {
  /** Its start, epoch seconds. */
  readonly at: number
  readonly probe: number | undefined
  readonly capacity: number | undefined
  readonly load: number | undefined
  readonly errors: number | undefined
}

export type Cloud = {
  readonly setup: CloudSetup
  /** What it really serves and what it says it could serve, as parts of its rating. */
  truth: number
  claim: number
  /** Part of the requests that fail whatever the load. */
  failRatio: number
  isRed: boolean
  isDead: boolean
  readonly silent: Set<Signal>
  readonly nonsense: Map<Signal, number>
  /** Part of the clients whose resolvers hold this cloud's address. */
  flow: number
  readonly minutes: Minute[]
}

/** Part of the resolvers that ask again within a minute. */
const RENEWAL = 0.63

export type Clouds = ReturnType<typeof createClouds>

export function createClouds({ clouds, noise, noiseSeed, fullness }: Setup, startSeconds: number) {
  const ratings = clouds.reduce((sum, { rating }) => sum + rating, 0)
  const all = clouds.map(
    (setup): Cloud => ({
      setup,
      truth: 1,
      claim: 1,
      failRatio: 0,
      isRed: false,
      isDead: false,
      silent: new Set(),
      nonsense: new Map(),
      flow: setup.rating / ratings,
      minutes: [],
    }),
  )
  const clients = { demand: fullness * ratings }

  /** Publishes the minute that begins at `at`. @param shares what the records say, by cloud, 0–1 */
  function publish(at: number, shares: readonly number[]): void {
    const answered = whatClientsGet(shares, all)
    for (const [index, cloud] of all.entries()) {
      cloud.flow += RENEWAL * ((answered[index] ?? 0) - cloud.flow)
      cloud.minutes.push(minuteOf(cloud, at, index))
    }
  }

  function minuteOf(cloud: Cloud, at: number, index: number): Minute {
    const chance = prng(noiseSeed, at, index)
    const noisy = (value: number) => value * (1 + chance.between(-noise, noise))
    const load = noisy(clients.demand * cloud.flow)
    const served = cloud.isDead ? 0 : Math.min(load * (1 - cloud.failRatio), cloud.truth * cloud.setup.rating)
    const said = (signal: Signal, value: number) => (cloud.silent.has(signal) ? undefined : (cloud.nonsense.get(signal) ?? value))
    return {
      at,
      probe: said('probe', cloud.isRed ? 0 : 1),
      capacity: said('capacity', noisy(cloud.claim * cloud.setup.rating)),
      load: said('load', load),
      errors: said('errors', load - served),
    }
  }

  for (let minute = 15; minute >= 1; minute--)
    publish(
      Math.floor(startSeconds / 60) * 60 - minute * 60,
      all.map(({ flow }) => flow),
    )
  return { all, ratings, clients, publish }
}

/** Route 53 withholds what is red; when everything is red it answers as if nothing were; weight 0 only when nothing else is left. */
function whatClientsGet(shares: readonly number[], clouds: readonly Cloud[]): readonly number[] {
  const green = shares.map((share, index) => (clouds[index]?.isRed ? 0 : share))
  const total = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0)
  const chosen = total(green) > 0 ? green : shares
  return total(chosen) > 0 ? chosen.map((share) => share / total(chosen)) : clouds.map(({ flow }) => flow)
}
