// What anybody who reads the metrics can know of a cloud: a second, simpler reading beside the one under test.
import type { TimingPolicy } from '#model/policy.ts'
import type { Signal } from '../history.ts'
import type { Cloud, Minute } from './clouds.ts'

export type Seen = {
  readonly probe: 'green' | 'red' | 'unknown'
  /** Length of the unbroken run of red minutes at the end, seconds. */
  readonly redForSeconds: number
  /** Signals of which no fresh minute carries anything: missing by any reading. */
  readonly missing: readonly Signal[]
  /** Newest valid values of closed minutes, requests/s. */
  readonly capacity: number | undefined
  readonly load: number | undefined
  /** One of the newest closed minutes had more failures than a healthy cloud has. */
  readonly isFailing: boolean
}

export type View = ReadonlyMap<string, Seen>

const MEASURED = ['capacity', 'load', 'errors'] as const
/** Failures above this part of the load, and what counting them may add by chance, are more than noise (control.md, section 3). */
const BUDGET = 0.01
const SIGMAS = 3

/**
 * @param bornAt when the cloud's health check was made
 * @param nowSeconds when the run began: what it holds everything against
 * @param readAt when the answer came; a minute that was open at the beginning may be in it
 */
export function lookAt({ minutes }: Cloud, bornAt: number, nowSeconds: number, readAt: number, timing: TimingPolicy): Seen {
  const published = minutes.filter(({ at }) => at + 60 <= readAt && at <= nowSeconds && at >= nowSeconds - 1_200)
  const probes = published.filter(({ at, probe }) => probe !== undefined && at >= bornAt)
  const newest = probes.at(-1)
  const isProbeFresh = newest !== undefined && newest.at + 60 >= nowSeconds - timing.freshnessSeconds
  const closed = published.filter(({ at }) => at + 60 <= nowSeconds - timing.metricLagSeconds)
  const fresh = closed.filter(({ at }) => nowSeconds - (at + 60) <= timing.freshnessSeconds)
  // Silence and nonsense are no verdict: only what was red in every minute since has been red for so long.
  const firstRed = published[published.findLastIndex(({ at, probe }) => probe !== 0 || at < bornAt) + 1]
  return {
    probe: !isProbeFresh ? 'unknown' : newest.probe === 1 ? 'green' : newest.probe === 0 ? 'red' : 'unknown',
    redForSeconds: isProbeFresh && newest.probe === 0 && firstRed !== undefined ? nowSeconds - firstRed.at : 0,
    missing: [
      ...(isProbeFresh ? [] : (['probe'] as const)),
      ...MEASURED.filter((signal) => fresh.every((minute) => minute[signal] === undefined)),
    ],
    capacity: closed.findLast(({ capacity }) => isValid(capacity))?.capacity,
    load: closed.findLast(({ load }) => isValid(load))?.load,
    isFailing: closed.slice(-3).some(fails),
  }
}

export function fails({ load, errors }: Minute): boolean {
  const normal = BUDGET * (isValid(load) ? load : 0) * 60
  return isValid(errors) && errors * 60 > normal + SIGMAS * Math.sqrt(normal) + 1
}

export function isValid(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0
}

/** What a cloud was over the last `seconds`. */
export function pastOf(cloud: Cloud, seconds: number, nowSeconds: number) {
  const minutes = cloud.minutes.filter(({ at }) => at >= nowSeconds - seconds && at + 60 <= nowSeconds)
  const capacities = minutes.map(({ capacity }) => capacity).filter(isValid)
  const loads = minutes.map(({ load }) => load).filter(isValid)
  return {
    wasEverRed: minutes.some(({ probe }) => probe === 0),
    everFailed: minutes.some(fails),
    everSilent: minutes.some((minute) => [minute.probe, minute.capacity, minute.load, minute.errors].some((value) => !isValid(value))),
    leastCapacity: Math.min(...capacities, Infinity),
    greatestCapacity: Math.max(...capacities, 0),
    greatestLoad: Math.max(...loads, 0),
    leastLoad: Math.min(...loads, Infinity),
  }
}
