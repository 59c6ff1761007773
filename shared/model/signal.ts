// One measured value with its window, its sample count and its time; or the fact that it is missing.
import * as z from 'zod'
import { ShortName } from './names.ts'

export const Signal = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('present'),
    /** Unit of the signal: fraction 0–1, requests/s or seconds. Always finite. */
    value: z.number(),
    /** End of the window in epoch seconds: the value describes what happened before it. */
    observedAt: z.number(),
    windowSeconds: z.number().positive(),
    /** Number of datapoints the value was made of. */
    samples: z.int().min(1),
  }),
  z.object({
    state: z.literal('missing'),
    why: z.enum(['stale', 'gap', 'none', 'not-configured', 'invalid']),
    lastObservedAt: z.number().optional(),
  }),
])
export type Signal = z.infer<typeof Signal>

/** What the health checks of one endpoint said. `red` is Route 53's own verdict (HealthCheckStatus 0), which withholds the record. */
export const ProbeSignal = z.object({
  endpoint: ShortName,
  /** Fraction of checkers that see the endpoint healthy, 0–1. */
  fraction: Signal,
  state: z.enum(['green', 'red', 'unknown']),
  /** Epoch seconds since which the state has been what it is, as far as the datapoints read reach back. */
  since: z.number(),
})
export type ProbeSignal = z.infer<typeof ProbeSignal>

/** All signals of one provider's ingress. */
export const ProviderSignals = z.object({
  provider: ShortName,
  probes: z.array(ProbeSignal),
  capacity: Signal,
  load: Signal,
  errors: Signal,
  utilisation: Signal,
  latency: Signal,
})
export type ProviderSignals = z.infer<typeof ProviderSignals>
