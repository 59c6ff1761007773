// The gate of a step: closed until a person, or the check that the strategy names, opens it.
import type { Canary } from '#model/canary.ts'
import type { Gate, GateCheck } from '#model/strategy.ts'
import { dwellMinutesOf } from './dwell-minutes.ts'
import { waitOf } from './stillness.ts'

/** The gate at this step that nobody has opened yet. */
export function closedGate({ step, steps, approved, strategy }: Canary): Gate | undefined {
  return approved.includes(step) ? undefined : strategy.gates.find(({ atPercent }) => atPercent === steps[step])
}

/** The check that is to be asked now: at its step, when the least dwell is over, and while nothing else keeps the canary. */
export function dueCheck(canary: Canary, nowSeconds: number): GateCheck | undefined {
  const { phase, step, strategy } = canary
  if (phase !== 'baking' || step < 0 || waitOf(canary, nowSeconds) !== undefined) return undefined
  if (dwellMinutesOf(canary, nowSeconds) < strategy.minDwellMinutes) return undefined
  return closedGate(canary)?.check
}

/** Opened by a check that allows it. */
export function withCheck(canary: Canary, allows: boolean): Canary {
  return allows ? { ...canary, approved: [...new Set([...canary.approved, canary.step])] } : canary
}
