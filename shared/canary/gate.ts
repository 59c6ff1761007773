// The gate of a step: closed until a person, or the check that the strategy names, opens it.
import type { Canary } from '#model/canary.ts'
import type { Reason } from '#model/reason.ts'
import type { Gate, GateCheck, Strategy } from '#model/strategy.ts'
import { dwellMinutesOf } from './dwell-minutes.ts'
import { waitOf } from './stillness.ts'

/** The gate at this step that nobody has opened yet. */
export function closedGate({ step, steps, approved, strategy }: Canary): Gate | undefined {
  return approved.includes(step) ? undefined : strategy.gates.find(({ atPercent }) => atPercent === steps[step])
}

/** The functions that a strategy asks at its gates, each once. */
export function checksOf({ gates }: Strategy): string[] {
  return [...new Set(gates.flatMap(({ check }) => check?.function ?? []))]
}

/** One reason for each function that does not exist: at its gate it could only keep the canary until the deadline. */
export function missingChecks(functions: readonly string[]): Reason[] {
  return functions.map((name) => ({ code: 'no-such-check', sentence: `there is no function ${name} to be asked at its gate` }))
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
