// What the judge says of a canary after a closed minute, with the numbers it says it from.
import * as z from 'zod'
import { Reason } from './reason.ts'

/** Failures are counted in clients where both arms know them. */
export const CountingUnit = z.enum(['clients', 'requests'])
export type CountingUnit = z.infer<typeof CountingUnit>

const ArmCounts = z.object({ requests: z.int(), failures: z.int().optional() })

export const Evidence = z.object({
  minute: z.number(),
  /** Whether this minute moved the evidence. */
  isCounted: z.boolean(),
  unit: CountingUnit.optional(),
  canary: ArmCounts.optional(),
  control: ArmCounts.optional(),
  /** Observed share of the canary in this minute, 0–1. */
  share: z.number().optional(),
  /** Logarithm of the evidence that the canary is worse than tolerated, over all metrics and minutes; it fails at `limit`. */
  logE: z.number(),
  limit: z.number(),
  /** Logarithm of the evidence that it is better than must not pass, of the critical metric that has least; it passes at `passLimit`. */
  passLogE: z.number(),
  passLimit: z.number(),
  /** By name of the metric. */
  metrics: z.record(z.string(), z.object({ logE: z.number(), passLogE: z.number() })),
  guard: z.object({ canary: z.number(), control: z.number() }).optional(),
  /** Counted minutes so far. */
  counted: z.int(),
  /** The arithmetic as a sentence. */
  reason: Reason,
})
export type Evidence = z.infer<typeof Evidence>

export const Verdict = z.discriminatedUnion('verdict', [
  /** Enough evidence that the canary is no worse than allowed. Not absorbing: it holds for this minute. */
  Evidence.extend({ verdict: z.literal('pass') }),
  /** Enough evidence that it is worse. Absorbing. `since` is the minute of the first one. */
  Evidence.extend({ verdict: z.literal('fail'), since: z.number() }),
  /** Neither; or the minute was not to be judged. */
  Evidence.extend({ verdict: z.literal('hold') }),
  /** Both arms break the guard: nobody is blamed, nothing is counted, failover decides. */
  Evidence.extend({ verdict: z.literal('commonMode'), since: z.number() }),
  /** Something that is needed is missing. */
  Evidence.extend({ verdict: z.literal('noData') }),
])
export type Verdict = z.infer<typeof Verdict>
