// Takes one closed metric window into a provider's memory: filters, and the limit that failures teach (control.md, section 3).
import type { ProviderMemory } from '#model/memory.ts'
import type { EstimatorPolicy, GuardPolicy } from '#model/policy.ts'
import { filtered, noiseOf, relativeResidual } from './filter.ts'
import type { Reading } from './reading.ts'

export type WindowContext = { readonly estimator: EstimatorPolicy; readonly guards: GuardPolicy; readonly deadSeconds: number }

/** Goodput ÷ utilisation says something about capacity only above this utilisation. */
const UTILISATION_FLOOR = 0.2
/** Beyond this many failed probes the wait does not grow any more. */
const MOST_FAILED_PROBES = 4
/** A limit grows this much faster once the provider has carried visibly more than it could when it failed. */
const PROVEN_GROWTH = 10
const PROVEN_LOAD = 1.1
/** A load that rose by less than this, or by less than its noise, was steady. */
const STEADY_RISE = 0.1
/** A pause in the metrics must not count as time in which something was proven. */
const LONGEST_STEP_SECONDS = 600

export function emptyMemory(provider: string, rating: number): ProviderMemory {
  return {
    provider,
    windowEnd: 0,
    nominal: rating,
    isLimitRaised: false,
    failedProbes: 0,
    isBad: false,
    failing: 0,
    goodWindows: 0,
    strainedWindows: 0,
    isDown: false,
    isRamping: false,
  }
}

/** The memory after the newest window; what was known before when that window was integrated already, or when there is none. */
export function advanceWindow(past: ProviderMemory, reading: Reading, context: WindowContext): ProviderMemory {
  const { windowEnd, windowSeconds } = reading
  const memory = reading.load === undefined || reading.errors === undefined ? fallenSilent(past) : past
  if (windowEnd === undefined || windowEnd <= memory.windowEnd) return memory
  const elapsedSeconds = memory.windowEnd === 0 ? windowSeconds : Math.min(windowEnd - memory.windowEnd, LONGEST_STEP_SECONDS)
  const smoothed = smooth(memory, reading, windowEnd, elapsedSeconds, context.estimator)
  return judge(memory, smoothed, reading, windowEnd, elapsedSeconds, context)
}

/** Who says nothing is not said to fail: the limit it was taught stays, but no further cut follows from an old window. */
function fallenSilent(memory: ProviderMemory): ProviderMemory {
  if (!memory.isBad) return memory
  const { softLimit: _soft, ...rest } = memory
  return { ...rest, isBad: false, failing: 0 }
}

function smooth(memory: ProviderMemory, reading: Reading, at: number, elapsedSeconds: number, estimator: EstimatorPolicy): ProviderMemory {
  const step = { at, elapsedSeconds, tauSeconds: estimator.tauSeconds, jump: estimator.jump }
  const { capacity: m, load: L, utilisation } = reading
  const capacity = m === undefined ? memory.capacity : m === 0 ? { value: 0, residuals: [] } : filtered(memory.capacity, m, step)
  const load = L === undefined ? memory.load : filtered(memory.load, L, { ...step, tauSeconds: estimator.tauLoadSeconds })
  const goodput = goodputFilter()
  return {
    ...memory,
    windowEnd: at,
    nominal: nominalOf(memory, capacity?.value),
    ...(capacity === undefined ? {} : { capacity }),
    ...(load === undefined ? {} : { load }),
    ...(goodput === undefined ? {} : { goodput }),
  }

  function goodputFilter() {
    if (L === undefined || utilisation === undefined) return memory.goodput
    const goodputRate = Math.max(0, L - (reading.errors ?? 0))
    if (utilisation > UTILISATION_FLOOR) return filtered(memory.goodput, goodputRate / utilisation, { ...step, jump: 2 * step.jump })
    // Hardly used: not precise enough to learn from, but it disproves an estimate that would mean a higher utilisation.
    const atLeast = goodputRate / UTILISATION_FLOOR
    return memory.goodput && { ...memory.goodput, value: Math.max(memory.goodput.value, atLeast) }
  }
}

/** The most it was able to so far. What it says first puts its rating right, unless a red check says that this is not its normal state. */
function nominalOf({ capacity, nominal, redSince }: ProviderMemory, reported: number | undefined): number {
  if (reported === undefined) return nominal
  return capacity === undefined && redSince === undefined ? reported : Math.max(nominal, reported)
}

/** Failed requests in the window beyond the budget and three standard deviations of its counting noise. */
function isBadWindow(load: number, errors: number, windowSeconds: number, { failureBudget, noiseSigmas }: EstimatorPolicy): boolean {
  const normal = failureBudget * load * windowSeconds
  return errors * windowSeconds > normal + noiseSigmas * Math.sqrt(normal) + 1
}

function judge(
  before: ProviderMemory,
  memory: ProviderMemory,
  reading: Reading,
  windowEnd: number,
  elapsedSeconds: number,
  context: WindowContext,
): ProviderMemory {
  const { load, errors, windowSeconds } = reading
  // A window that a red check has touched says nothing about the time since; one without load or errors says nothing at all.
  const isTouchedByRed = memory.redSince !== undefined || windowEnd - windowSeconds < (memory.greenSince ?? 0)
  if (load === undefined || errors === undefined || isTouchedByRed) return { ...memory, isBad: false, failing: errors ?? 0 }
  const isBad = !memory.isDown && isBadWindow(load, errors, windowSeconds, context.estimator)
  const isStrained = isBad || (reading.utilisation ?? 0) > context.guards.ceiling
  const judged = { ...memory, failing: errors, strainedWindows: isStrained ? memory.strainedWindows + 1 : 0 }
  return isBad
    ? badWindow(before, judged, { load, errors, windowSeconds }, windowEnd, context)
    : cleanWindow(judged, load, windowEnd, elapsedSeconds, context.estimator)
}

function badWindow(
  before: ProviderMemory,
  memory: ProviderMemory,
  window: { readonly load: number; readonly errors: number; readonly windowSeconds: number },
  windowEnd: number,
  { estimator, deadSeconds }: WindowContext,
): ProviderMemory {
  const failed = Math.min(1, window.errors / window.load)
  const L = carriedLoad(memory, window.load)
  const capacity = bestCapacity(memory)
  const isFirst = before.lastBadAt === undefined || windowEnd - before.lastBadAt > deadSeconds
  const wasSteady = isFirst ? isSteady(before, window.load) : before.wasSteadyAtEpisode !== false
  const undershoot = isFirst ? estimator.firstUndershoot : estimator.laterUndershoot
  const goodput = (1 - failed) * L
  // Who fails while it comes back has not earned more than the ramp gave it.
  const least = estimator.floor * capacity
  const floor = memory.isRamping ? Math.min(memory.limit ?? 0, least) : least
  const begun = isFirst
    ? {
        episodeStartedAt: windowEnd - window.windowSeconds,
        beforeEpisode: {
          failedProbes: before.failedProbes,
          ...(before.limit === undefined ? {} : { limit: before.limit }),
          ...(before.lastBadAt === undefined ? {} : { lastBadAt: before.lastBadAt }),
        },
      }
    : {}
  return {
    ...memory,
    ...begun,
    isBad: true,
    wasSteadyAtEpisode: wasSteady,
    softLimit: Math.max(0, wasSteady ? (1 - undershoot * failed) * L : goodput),
    limit: Math.min(capacity, Math.max(floor, goodput)),
    failedProbes: before.isLimitRaised ? Math.min(MOST_FAILED_PROBES, before.failedProbes + 1) : before.failedProbes,
    isLimitRaised: false,
    lastBadAt: windowEnd,
    lastGoodput: goodput,
    goodWindows: 0,
  }
}

/** Of load and filter the lower: while load drains away the filter would call capacity what is past, while it grows one window proves little. */
function carriedLoad({ load: filter }: ProviderMemory, load: number): number {
  return Math.min(filter?.value ?? Infinity, load)
}

/** What it could serve if nothing failed: as reported, else the most it was ever able to. */
function bestCapacity({ capacity, nominal }: ProviderMemory): number {
  return capacity?.value ?? nominal
}

/** True when capacity was lost at a steady load; false when the load had surged. */
function isSteady(before: ProviderMemory, load: number): boolean {
  if (before.load === undefined) return true
  return relativeResidual(before.load, load) <= Math.max(STEADY_RISE, 3 * noiseOf(before.load))
}

function cleanWindow(
  memory: ProviderMemory,
  load: number,
  windowEnd: number,
  elapsedSeconds: number,
  estimator: EstimatorPolicy,
): ProviderMemory {
  const { softLimit: _over, ...clean } = { ...memory, isBad: false, goodWindows: memory.goodWindows + 1 }
  const { limit } = clean
  if (limit === undefined || clean.isDown) return clean
  const grown = Math.max(grownLimit(clean, limit, load, windowEnd, elapsedSeconds, estimator), carriedLoad(clean, load))
  if (grown < bestCapacity(clean)) return { ...clean, limit: grown, isLimitRaised: clean.isLimitRaised || grown > limit }
  const { limit: _reached, ...free } = { ...clean, isRamping: false, isLimitRaised: false, failedProbes: 0 }
  return free
}

function grownLimit(
  memory: ProviderMemory,
  limit: number,
  load: number,
  windowEnd: number,
  elapsedSeconds: number,
  estimator: EstimatorPolicy,
): number {
  // Who never failed, or was never red, did so long ago.
  const { lastBadAt = 0, greenSince = 0, lastGoodput = Infinity } = memory
  const hasWaited = windowEnd - lastBadAt >= estimator.waitSeconds * 2 ** memory.failedProbes
  if (memory.isRamping) {
    const isSettled = windowEnd - greenSince >= estimator.settleSeconds && memory.goodWindows >= estimator.returnWindows
    const hasFailed = lastBadAt > greenSince
    return isSettled && (!hasFailed || hasWaited) ? limit + (memory.nominal * elapsedSeconds) / estimator.rampSeconds : limit
  }
  if (!hasWaited) return limit
  const growth = load > PROVEN_LOAD * lastGoodput ? PROVEN_GROWTH : 1
  return limit * (1 + (estimator.growPerMinute * growth * elapsedSeconds) / 60)
}
