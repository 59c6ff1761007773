// What a scenario is: who can serve how much when, what is reported of it, and how it is measured. README.md documents the JSON.
import * as z from 'zod'

/** A constant, or `[seconds after the event, value]` pairs: values that hold until the next (`steps`), or that lines connect (`ramp`). */
export const Series = z.union([
  z.number(),
  z.strictObject({ steps: z.array(z.tuple([z.number(), z.number()])).min(1) }),
  z.strictObject({ ramp: z.array(z.tuple([z.number(), z.number()])).min(1) }),
])
export type Series = z.infer<typeof Series>

/** The metrics that can be missing. */
export const MissableSignal = z.enum(['probe', 'capacity', 'load', 'errors', 'utilisation'])
export type MissableSignal = z.infer<typeof MissableSignal>

export const ScenarioProvider = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** Requests/s at target, as configured. */
  rating: z.number().positive(),
  /** Requests/s it can really serve. */
  capacity: Series,
  /** What its agent says it can serve; the rating when absent. */
  reportedCapacity: Series.optional(),
  /** 1 while its health endpoint answers; when absent, 1 while it can serve anything. */
  probe: Series.optional(),
  /** Part of the served requests that fails for reasons of its own, 0–1. */
  failureRatio: Series.default(0),
  reportsUtilisation: z.boolean().default(false),
  /** Measured ÷ intended share: resolvers that favour it are above 1. */
  pull: z.number().positive().default(1),
  /** Per metric: missing while the series is above 0. */
  missing: z.partialRecord(MissableSignal, Series).default({}),
})
export type ScenarioProvider = z.infer<typeof ScenarioProvider>

export const Timing = z.strictObject({
  lagSeconds: z.number().min(0),
  tickSeconds: z.int().min(10),
  windowSeconds: z.union([z.literal(10), z.literal(30), z.literal(60)]),
})
export type Timing = z.infer<typeof Timing>

/** Upper bounds on means over phases and seeds, `writes95` on the 95th percentile; a figure above one fails the bench. */
export const Target = z.strictObject({
  failedPercent: z.number().optional(),
  movedSeconds: z.number().optional(),
  /** Points of percent above static weights. */
  aboveStatic: z.number().optional(),
  /** Points of percent above the offline optimum. */
  regret: z.number().optional(),
  writes: z.number().optional(),
  writes95: z.number().optional(),
  quietWrites: z.number().optional(),
  reversals: z.number().optional(),
})
export type Target = z.infer<typeof Target>

export const Scenario = z.strictObject({
  name: z.string().min(1),
  providers: z.array(ScenarioProvider).min(1).max(8),
  /** Requests/s of all clients. */
  demand: Series,
  /** `fluid`: infinitely many clients. `stochastic`: `resolvers` draw their answers one by one, from the seed. */
  model: z.enum(['fluid', 'stochastic']).default('fluid'),
  durationSeconds: z.int().positive().default(1500),
  /** Half width of the uniform relative error of every measured value. */
  noise: z.number().min(0).max(0.5).default(0.05),
  /** `[seconds an answer is kept, part of the clients]`. */
  resolvers: z
    .array(z.tuple([z.int().positive(), z.number().positive()]))
    .min(1)
    .default([
      [60, 0.9],
      [300, 0.08],
      [1800, 0.02],
    ]),
  timings: z
    .array(Timing)
    .min(1)
    .default([
      { lagSeconds: 60, tickSeconds: 60, windowSeconds: 60 },
      { lagSeconds: 60, tickSeconds: 30, windowSeconds: 30 },
      { lagSeconds: 15, tickSeconds: 10, windowSeconds: 10 },
    ]),
  /** By provider; ∝ rating when absent. */
  initialShares: z.record(z.string(), z.number().min(0)).optional(),
  /** The event falls on this many different moments within a tick. */
  phases: z.int().min(1).max(60).default(10),
  seeds: z.array(z.int()).min(1).default([1, 2, 3, 4]),
  /** One per timing, in the same order. */
  targets: z.array(Target).default([]),
})
export type Scenario = z.infer<typeof Scenario>

export function valueAt(series: Series, seconds: number): number {
  if (typeof series === 'number') return series
  const points = 'steps' in series ? series.steps : series.ramp
  const next = points.findIndex(([at]) => at > seconds)
  if (next === 0) return points[0]?.[1] ?? 0
  const [fromAt, fromValue] = points[next === -1 ? points.length - 1 : next - 1] ?? [0, 0]
  const to = points[next]
  if ('steps' in series || next === -1 || to === undefined) return fromValue
  return fromValue + ((to[1] - fromValue) * (seconds - fromAt)) / (to[0] - fromAt)
}
