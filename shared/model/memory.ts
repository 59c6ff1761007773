// What the estimator remembers from tick to tick. The decision alone reads and writes the inside.
import * as z from 'zod'

/** A first-order filter with jump detection (`den` in docs/control.md). */
export const FilterMemory = z.object({
  value: z.number(),
  /** Recent residuals, relative, with their time: the noise the deadband follows from. */
  residuals: z.array(z.object({ at: z.number(), relative: z.number() })),
})
export type FilterMemory = z.infer<typeof FilterMemory>

/** One item per provider, advanced once per closed metric window. */
export const ProviderMemory = z.object({
  provider: z.string(),
  /** End of the newest window that was integrated, epoch seconds. */
  windowEnd: z.number(),
  capacity: FilterMemory.optional(),
  load: FilterMemory.optional(),
  goodput: FilterMemory.optional(),
  nominal: z.number(),
  /** `q`: the limit learned from failures; absent when nothing limits. */
  limit: z.number().optional(),
  failedProbes: z.int().min(0),
  episodeStartedAt: z.number().optional(),
  limitBeforeEpisode: z.number().optional(),
  lastBadAt: z.number().optional(),
  wasSteadyAtEpisode: z.boolean().optional(),
  redSince: z.number().optional(),
  greenSince: z.number().optional(),
  isDown: z.boolean(),
  isRamping: z.boolean(),
  lastCutAt: z.number().optional(),
  bias: z.number(),
})
export type ProviderMemory = z.infer<typeof ProviderMemory>

/** One item per provider set: what was last decided for it. */
export const SetMemory = z.object({
  set: z.string(),
  /** Shares that stand, by provider, 0–1. */
  shares: z.record(z.string(), z.number()),
  lastWriteAt: z.number().optional(),
  tidySince: z.number().optional(),
})
export type SetMemory = z.infer<typeof SetMemory>
