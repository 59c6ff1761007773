// One more window for a provider that serves 60 of 100 requests/s; override what a test is about.
import { advanceWindow } from '#decision/advance-window.ts'
import type { Reading } from '#decision/reading.ts'
import type { FilterMemory, ProviderMemory } from '#model/memory.ts'
import { type EstimatorPolicy, Policy } from '#model/policy.ts'
import { aProviderMemory, aReading, WINDOW_END } from './members.ts'

const { estimator, guards } = Policy.parse({})

/** End of the window that is new, epoch seconds. */
export const NEXT_END = WINDOW_END + 60
export const DEAD_SECONDS = 190

/** The memory after the window that ended at `NEXT_END`. */
export function afterWindow(
  memory: Partial<ProviderMemory>,
  window: Partial<Reading> = {},
  policy: Partial<EstimatorPolicy> = {},
): ProviderMemory {
  const context = { estimator: { ...estimator, ...policy }, guards, deadSeconds: DEAD_SECONDS }
  return advanceWindow(aProviderMemory(memory), aReading({ windowEnd: NEXT_END, ...window }), context)
}

/** A filter that has seen ten values, and so knows the noise of its signal. */
export function aFilterOf(value: number, noise = 0.01): FilterMemory {
  const residuals = Array.from({ length: 10 }, (_, i) => ({ at: WINDOW_END - 60 * (9 - i), relative: i % 2 === 0 ? noise : -noise }))
  return { value, residuals }
}
