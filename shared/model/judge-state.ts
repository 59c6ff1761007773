// What the judge remembers from one minute to the next. A plain value: it survives JSON and DynamoDB bit for bit.
import * as z from 'zod'
import { Reason } from './reason.ts'

/** Logarithms of the wealth of each bet. */
const Bets = z.array(z.number())

/** One bettor against "no worse than tolerated" and one against "as bad as must not pass", for a metric or one latency edge. */
export const EdgeState = z.object({ worse: Bets, fine: Bets })
export type EdgeState = z.infer<typeof EdgeState>

export const GuardState = z.object({
  canary: Bets,
  control: Bets,
  /** Set while both arms break the guard. `back` is the evidence that the control is back, in nats, never below 0. */
  common: z.object({ since: z.number(), back: z.number() }).optional(),
})
export type GuardState = z.infer<typeof GuardState>

export const JudgeState = z.object({
  /** The last minute that was judged. */
  minute: z.number().optional(),
  /** How many minutes were counted as evidence. */
  counted: z.int().min(0),
  /** By name of the metric. */
  metrics: z.record(z.string(), z.array(EdgeState)),
  guard: GuardState.optional(),
  /** Absorbing. */
  failed: z.object({ minute: z.number(), reason: Reason }).optional(),
})
export type JudgeState = z.infer<typeof JudgeState>
