// What the estimator remembers from tick to tick. The decision alone reads and writes the inside.
import * as z from 'zod'
import { DecisionCause } from './decision.ts'
import { Reason } from './reason.ts'

/** A first-order filter with jump detection (`den` in docs/control.md). */
export const FilterMemory = z.object({
  value: z.number(),
  /** Recent residuals, relative and signed, with their time: the noise the deadband follows from. Jumps are not among them. */
  residuals: z.array(z.object({ at: z.number(), relative: z.number() })),
})
export type FilterMemory = z.infer<typeof FilterMemory>

/** What stood before failures began; it comes back when a red check shows that an outage explains them. */
export const BeforeEpisode = z.object({ limit: z.number().optional(), failedProbes: z.int().min(0), lastBadAt: z.number().optional() })
export type BeforeEpisode = z.infer<typeof BeforeEpisode>

/** One item per provider, advanced once per closed metric window. Times are epoch seconds, rates requests/s. */
export const ProviderMemory = z.object({
  provider: z.string(),
  /** The tick it began in: of the time before nothing is known. */
  beganAt: z.number().optional(),
  /** End of the newest window that was integrated; 0 before the first. */
  windowEnd: z.number(),
  capacity: FilterMemory.optional(),
  load: FilterMemory.optional(),
  /** Capacity that goodput ÷ utilisation suggests (`u`). */
  goodput: FilterMemory.optional(),
  /** The most it was ever able to serve. */
  nominal: z.number(),
  /** `q`: the limit learned from failures; absent when nothing limits. */
  limit: z.number().optional(),
  /** The limit was raised since the last failure: the next failure is a failed probe of more load. */
  isLimitRaised: z.boolean(),
  failedProbes: z.int().min(0),
  /** The newest window had more failures than the budget and its noise allow. */
  isBad: z.boolean(),
  /** What it should get while it is bad, below `limit` at first so that cached answers drain. */
  softLimit: z.number().optional(),
  /** Requests/s that failed in the newest window. */
  failing: z.number(),
  lastBadAt: z.number().optional(),
  /** Goodput of the last bad window. */
  lastGoodput: z.number().optional(),
  episodeStartedAt: z.number().optional(),
  beforeEpisode: BeforeEpisode.optional(),
  wasSteadyAtEpisode: z.boolean().optional(),
  redSince: z.number().optional(),
  greenSince: z.number().optional(),
  /** Clean windows that began after the check turned green. */
  goodWindows: z.int().min(0),
  /** Windows in a row that were bad or above the ceiling. */
  strainedWindows: z.int().min(0),
  isDown: z.boolean(),
  isRamping: z.boolean(),
  lastCutAt: z.number().optional(),
})
export type ProviderMemory = z.infer<typeof ProviderMemory>

/** What the bias is learned from: requests, summed with weights that fade over `tauBiasSeconds`. */
export const ShareCount = z.object({
  /** Requests that came. */
  measured: z.number(),
  /** Requests that would have come by the shares in the records. */
  expected: z.number(),
  /** Squares of what the windows deviated, with the squares of the weights: the variance of `measured`. */
  squares: z.number(),
})
export type ShareCount = z.infer<typeof ShareCount>

/** The last change of a set's shares, for plans that are carried out later than in its tick. */
export const LastChange = z.object({ at: z.number(), cause: DecisionCause, reason: Reason })
export type LastChange = z.infer<typeof LastChange>

/** One item per provider set: what was last decided for it. */
export const SetMemory = z.object({
  set: z.string(),
  /** Shares that stand in the records, by provider, 0–1, the small shares of withheld providers among them. */
  shares: z.record(z.string(), z.number()),
  lastWriteAt: z.number().optional(),
  lastChange: LastChange.optional(),
  /** Since when a change worth tidying up has been wanted. */
  tidySince: z.number().optional(),
  /** When the records last did not carry the shares decided here. */
  notFollowedAt: z.number().optional(),
  /** Newest window of which the measured shares were learned. */
  windowEnd: z.number().optional(),
  /** Measured ÷ intended share as far as the counts prove it; 1 where absent. */
  bias: z.record(z.string(), z.number()).optional(),
  /** What `bias` was learned from. */
  counts: z.record(z.string(), ShareCount).optional(),
  /** Providers that an operator had drained when the shares were decided, and those whose return has to wait for their checks to be seen. */
  drained: z.array(z.string()).optional(),
  /** Shares taken away by signals, for the velocity bound. */
  removals: z.array(z.object({ at: z.number(), share: z.number() })).optional(),
})
export type SetMemory = z.infer<typeof SetMemory>
