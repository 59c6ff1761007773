// One run: a scenario, a controller, a moment of the event within the tick, a seed.

import { quantise } from '#plan/quantise.ts'
import type { Controller } from './controller.ts'
import { createMeter, type Outcome } from './meter.ts'
import { randomOf } from './random.ts'
import { createRecorder } from './recorder.ts'
import type { Scenario, Timing } from './scenario.ts'
import { createWorld } from './world.ts'

/** The run begins this long before the event, so that filters and deadbands know the normal state. */
export const WARM_UP_SECONDS = 1200
/** The clock at the event, but for the phase: a multiple of every window. */
const EPOCH = 1_800_000_000

export type Run = { readonly scenario: Scenario; readonly timing: Timing; readonly phase: number; readonly seed: number }

export function simulate({ scenario, timing, phase, seed }: Run, controller: Controller): Outcome {
  const { tickSeconds, windowSeconds, lagSeconds } = timing
  const offset = tickOffset(scenario, timing, phase)
  const clock = (at: number) => EPOCH + offset + at
  const start = -WARM_UP_SECONDS
  const random = randomOf(seed * 1000 + phase)
  const initial = controller.initial?.(scenario) ?? initialWeights(scenario)
  const act = controller.begin({ scenario, timing, initialWeights: initial })
  const world = createWorld(scenario, initial, start, controller.check, randomOf(seed * 1000 + phase + 500))
  const meter = createMeter(scenario, initial)
  const recorder = createRecorder(scenario, windowSeconds, random)
  let weights = initial
  for (let at = start; at < scenario.durationSeconds; at++) {
    const now = clock(at)
    // A tick comes when a window has just become readable.
    if ((now - lagSeconds) % tickSeconds === 0) {
      const next = act({ now, ...recorder.seenAt(now - lagSeconds), weights })
      if (next?.some((weight, p) => weight !== weights[p])) {
        world.write(next, at)
        meter.wrote(next, at)
        weights = next
      }
    }
    const second = world.step(at)
    recorder.record(second, now, at)
    meter.measure(second, at)
  }
  return meter.outcome()
}

/** The event falls this many seconds after a multiple of the tick on the clock. */
export function tickOffset({ phases }: Scenario, { tickSeconds }: Timing, phase: number): number {
  return Math.round((phase / phases) * tickSeconds)
}

export function initialWeights({ providers, initialShares }: Scenario): readonly number[] {
  return quantise(providers.map(({ name, rating }) => initialShares?.[name] ?? (initialShares === undefined ? rating : 0))).weights
}
