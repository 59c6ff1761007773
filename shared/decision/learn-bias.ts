// Learns, slowly and within bounds, how the measured shares differ from the intended ones: by counting requests, as far as they prove it.
import type { SetMemory, ShareCount } from '#model/memory.ts'
import type { EstimatorPolicy } from '#model/policy.ts'
import { isRed, type Member } from './member.ts'

const LEAST = 0.5
const MOST = 2
/** The load of a smaller share is too noisy to learn from. */
const SMALLEST_SHARE = 0.01
/** Fewer requests than this prove nothing: their counts are not yet spread as the standard error supposes. */
const FEWEST_REQUESTS = 30

/**
 * The biases after the newest window. Nothing is learned inside the dead time of a write, or of
 * shares that somebody else set, while anybody is red, or while a load is missing:
 * the measured shares are then on their way, and a second fast integrator in a delayed loop oscillates.
 */
export function learnBias(
  members: readonly Member[],
  set: SetMemory,
  estimator: EstimatorPolicy,
  deadSeconds: number,
  nowSeconds: number,
): Pick<SetMemory, 'bias' | 'counts' | 'windowEnd'> {
  const windowEnd = Math.max(...members.map(({ memory }) => memory.windowEnd))
  const { bias: before, counts: counted } = set
  const learned = { ...(before === undefined ? {} : { bias: before }), ...(counted === undefined ? {} : { counts: counted }) }
  const kept = { ...learned, windowEnd: Math.max(set.windowEnd ?? 0, windowEnd) }
  const elapsedSeconds = windowEnd - (set.windowEnd ?? windowEnd)
  const isMoving = nowSeconds - Math.max(set.lastWriteAt ?? -Infinity, set.notFollowedAt ?? -Infinity) < deadSeconds
  if (elapsedSeconds <= 0 || isMoving || members.some((member) => isRed(member) || member.reading.load === undefined)) return kept
  const demand = members.reduce((sum, { reading }) => sum + (reading.load ?? 0), 0)
  if (demand <= 0) return kept
  const gain = 1 - Math.exp(-elapsedSeconds / estimator.tauBiasSeconds)
  const counts = { ...counted }
  const bias = { ...before }
  for (const { name, reading, standing } of members) {
    if (standing === undefined || standing < SMALLEST_SHARE) continue
    const window = { measured: (reading.load ?? 0) * reading.windowSeconds, expected: demand * reading.windowSeconds * standing }
    const count = counting(counts[name], window, gain)
    counts[name] = count
    bias[name] = provenBias(count, standing, gain, estimator.noiseSigmas)
  }
  return { ...kept, bias, counts }
}

/** A set begins as though its shares had been as intended for ever, so that the first windows are believed no more than any other. */
function counting(past: ShareCount | undefined, window: Pick<ShareCount, 'measured' | 'expected'>, gain: number): ShareCount {
  const forEver = window.expected / gain
  const { measured, expected, squares } = past ?? { measured: forEver, expected: forEver, squares: 0 }
  const surprise = window.measured - (window.expected * measured) / expected
  return {
    measured: (1 - gain) * measured + window.measured,
    expected: (1 - gain) * expected + window.expected,
    squares: (1 - gain) ** 2 * squares + surprise ** 2,
  }
}

/**
 * The ratio that was counted, as far as it is more than `sigmas` standard errors away from 1, and in full only far beyond that
 * (the non-negative garrote: Breiman, Technometrics 37, 1995). The error is that of counting, or what the windows really deviated where
 * that is more: the clients of one resolver move together.
 */
function provenBias({ measured, expected, squares }: ShareCount, share: number, gain: number, sigmas: number): number {
  if (expected < FEWEST_REQUESTS) return 1
  const deviation = measured / expected - 1
  const variance = Math.max((expected * (1 - share)) / (2 - gain), squares) / expected ** 2
  const proof = deviation === 0 ? 0 : 1 - (sigmas ** 2 * variance) / deviation ** 2
  return Math.min(MOST, Math.max(LEAST, 1 + deviation * Math.max(0, proof)))
}
