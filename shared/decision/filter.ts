// A first-order filter that lets go of the past when the value has really moved (`den` in docs/control.md).
import type { FilterMemory } from '#model/memory.ts'

/** Residuals older than this say nothing about the noise of today. */
const NOISE_SPAN_SECONDS = 600
/** Two residuals running of the same sign, each above this part of the jump threshold, are a move and not noise. */
const SECOND_LOOK = 0.6
/** Fewer residuals than this do not tell the noise; until then it is taken to be this. */
const ENOUGH = 4
const UNKNOWN_NOISE = 0.1

export type FilterStep = {
  readonly at: number
  readonly elapsedSeconds: number
  readonly tauSeconds: number
  /** Smallest relative deviation that counts as a jump. */
  readonly jump: number
}

/** The filter after one more value. Without a past the value is taken as it is. */
export function filtered(past: FilterMemory | undefined, value: number, step: FilterStep): FilterMemory {
  if (past === undefined) return { value, residuals: [] }
  const residual = relativeResidual(past, value)
  const threshold = Math.max(step.jump, past.residuals.length < ENOUGH ? 0 : 5 * noiseOf(past))
  const previous = past.residuals.at(-1)?.relative ?? 0
  const isJump = Math.abs(residual) > threshold
  const isSameWay = Math.sign(residual) === Math.sign(previous)
  const isSecond = isSameWay && Math.min(Math.abs(residual), Math.abs(previous)) > SECOND_LOOK * threshold
  const kept = past.residuals.filter(({ at }) => at > step.at - NOISE_SPAN_SECONDS)
  // A jump is not noise: were it kept among the residuals, the next jump would have to be larger to be seen.
  if (isJump || isSecond) return { value, residuals: isSecond ? kept.slice(0, -1) : kept }
  // The first values count as much as each other: else a first one that is off would be believed for a whole time constant.
  const gain = Math.max(1 - Math.exp(-step.elapsedSeconds / step.tauSeconds), 1 / (kept.length + 2))
  return { value: past.value + gain * (value - past.value), residuals: [...kept, { at: step.at, relative: residual }] }
}

/** How far the value lies from what was expected, relative to what was expected; signed. */
export function relativeResidual(past: FilterMemory, value: number): number {
  if (past.value > 0) return (value - past.value) / past.value
  return value > 0 ? Infinity : 0
}

/** Mean relative deviation of the recent values; a guess on the safe side until there are a few. 0 for a signal nobody measures. */
export function noiseOf(memory: FilterMemory | undefined): number {
  if (memory === undefined) return 0
  const { residuals } = memory
  const mean = residuals.reduce((sum, { relative }) => sum + Math.abs(relative), 0) / Math.max(1, residuals.length)
  return residuals.length < ENOUGH ? Math.max(UNKNOWN_NOISE, mean) : mean
}
