// How often the judge aborts a canary that is the stable version itself, on one's own history, cut into canaries of a given length.
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import type { CountingUnit } from '#model/verdict.ts'
import { countMinute } from './count-minute.ts'
import { replay } from './replay.ts'

export type Calibration = {
  readonly unit: CountingUnit
  readonly windows: number
  readonly aborted: number
  /** Share of windows aborted, with the 95 % interval of Wilson. */
  readonly falseAborts: { readonly ratio: number; readonly low: number; readonly high: number }
  /** Variance of the canary's part of the failures, in multiples of what independent failures have: 1, or the size of the clumps. */
  readonly dispersion: { readonly ratio: number; readonly standardError: number }
  /** Whether failures may be counted in this unit; unknown where the history has not one whole window. */
  readonly fitness: 'fit' | 'unfit' | 'unknown'
}

/** Clumps smaller than this cost less than the judge has in reserve. */
const TOLERATED_DISPERSION = 1.3

/** @param history both arms the same version @returns undefined when no minute has the unit in both arms */
export function calibrate(
  history: readonly JudgeMinute[],
  settings: JudgeSettings,
  windowMinutes: number,
  unit: CountingUnit,
): Calibration | undefined {
  const minutes = history.map((minute) => inUnit(minute, unit))
  const metric = settings.metrics.find(({ kind }) => kind === 'failures')
  const pairs = minutes.flatMap((minute) => (metric === undefined ? [] : (countMinute(minute, metric)?.pairs ?? [])))
  if (pairs.length === 0) return undefined
  const windows = Array.from({ length: Math.floor(minutes.length / windowMinutes) }, (_, i) =>
    minutes.slice(i * windowMinutes, (i + 1) * windowMinutes),
  )
  const aborted = windows.filter((window) => replay(window, settings).at(-1)?.verdict === 'fail').length
  const falseAborts = wilson(aborted, windows.length)
  const dispersion = meanOf(
    pairs.flatMap(({ canary, control }) => {
      const failures = canary.bad + control.bad
      const share = canary.requests / (canary.requests + control.requests)
      return failures === 0 || share === 0 || share === 1 ? [] : [(canary.bad - share * failures) ** 2 / (share * (1 - share) * failures)]
    }),
  )
  const isClumped = dispersion.ratio > TOLERATED_DISPERSION && dispersion.ratio - 3 * dispersion.standardError > 1
  const fitness = falseAborts.low > settings.alpha || isClumped ? 'unfit' : windows.length === 0 ? 'unknown' : 'fit'
  return { unit, windows: windows.length, aborted, falseAborts, dispersion, fitness }
}

/**
 * Random splits of a history whose failing clients are known: each of them is given to the canary with probability `share`, with all
 * its failures. How the failures of a minute fall on its clients is drawn, too.
 */
export function splitByClient(history: readonly JudgeMinute[], share: number, random: () => number): JudgeMinute[] {
  return history.map(({ minute, canary, control }) => {
    if (canary === undefined || control === undefined) return { minute }
    const requests = canary.requests + control.requests
    const clients = (canary.clientsFailing ?? 0) + (control.clientsFailing ?? 0)
    const failures = Math.max(clients, (canary.failures ?? 0) + (control.failures ?? 0))
    const isCanary = Array.from({ length: clients }, () => random() < share)
    // One failure each; the rest falls on whomever it falls.
    const ofRest =
      clients === 0 ? 0 : Array.from({ length: failures - clients }, () => isCanary[Math.floor(random() * clients)]).filter(Boolean).length
    const clientsFailing = isCanary.filter(Boolean).length
    const own = { requests: Math.round(requests * share), failures: clientsFailing + ofRest, clientsFailing }
    return {
      minute,
      canary: own,
      control: { requests: requests - own.requests, failures: failures - own.failures, clientsFailing: clients - clientsFailing },
    }
  })
}

function inUnit(minute: JudgeMinute, unit: CountingUnit): JudgeMinute {
  const { canary, control } = minute
  if (canary === undefined || control === undefined) return minute
  const { clientsFailing: c, failures: f, ...bare } = canary
  const { clientsFailing: cb, failures: fb, ...bareControl } = control
  const kept = (value: number | undefined, isKept: boolean, key: 'clientsFailing' | 'failures') =>
    value === undefined || !isKept ? {} : { [key]: value }
  const isClients = unit === 'clients'
  return {
    ...minute,
    canary: { ...bare, ...kept(c, isClients, 'clientsFailing'), ...kept(f, !isClients, 'failures') },
    control: { ...bareControl, ...kept(cb, isClients, 'clientsFailing'), ...kept(fb, !isClients, 'failures') },
  }
}

function meanOf(values: readonly number[]): { ratio: number; standardError: number } {
  const n = values.length
  if (n < 2) return { ratio: 1, standardError: Number.MAX_VALUE }
  const ratio = values.reduce((sum, value) => sum + value, 0) / n
  const variance = values.reduce((sum, value) => sum + (value - ratio) ** 2, 0) / (n - 1)
  return { ratio, standardError: Math.sqrt(variance / n) }
}

/** 95 % interval of a share (Wilson 1927). */
export function wilson(hits: number, of: number): { ratio: number; low: number; high: number } {
  if (of === 0) return { ratio: 0, low: 0, high: 1 }
  const z = 1.959963984540054
  const ratio = hits / of
  const centre = ratio + z ** 2 / (2 * of)
  const half = z * Math.sqrt((ratio * (1 - ratio)) / of + z ** 2 / (4 * of ** 2))
  return {
    ratio,
    low: hits === 0 ? 0 : Math.max(0, (centre - half) / (1 + z ** 2 / of)),
    high: Math.min(1, (centre + half) / (1 + z ** 2 / of)),
  }
}
