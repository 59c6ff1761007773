// Learns, slowly and within bounds, how the measured shares differ from the intended ones.
import type { SetMemory } from '#model/memory.ts'
import type { EstimatorPolicy } from '#model/policy.ts'
import { isRed, type Member } from './member.ts'

const LEAST = 0.5
const MOST = 2
/** The load of a smaller share is too noisy to learn from. */
const SMALLEST_SHARE = 0.01

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
): Pick<SetMemory, 'bias' | 'windowEnd'> {
  const windowEnd = Math.max(...members.map(({ memory }) => memory.windowEnd))
  const kept = { ...(set.bias === undefined ? {} : { bias: set.bias }), windowEnd: Math.max(set.windowEnd ?? 0, windowEnd) }
  const elapsedSeconds = windowEnd - (set.windowEnd ?? windowEnd)
  const isMoving = nowSeconds - Math.max(set.lastWriteAt ?? -Infinity, set.notFollowedAt ?? -Infinity) < deadSeconds
  if (elapsedSeconds <= 0 || isMoving || members.some((member) => isRed(member) || member.reading.load === undefined)) return kept
  const demand = members.reduce((sum, { reading }) => sum + (reading.load ?? 0), 0)
  if (demand <= 0) return kept
  const gain = 1 - Math.exp(-elapsedSeconds / estimator.tauBiasSeconds)
  const bias = Object.fromEntries(
    members.map(({ name, reading, standing }): [string, number] => {
      const before = set.bias?.[name] ?? 1
      if (standing === undefined || standing < SMALLEST_SHARE) return [name, before]
      const ratio = (reading.load ?? 0) / demand / standing
      return [name, Math.min(MOST, Math.max(LEAST, before + gain * (ratio - before)))]
    }),
  )
  return { ...kept, bias }
}
