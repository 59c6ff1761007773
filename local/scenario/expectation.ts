// What a story may expect to follow. Times are seconds of the clock since it began.
import * as z from 'zod'
import { CanaryOutcome } from '#model/canary.ts'
import { ConditionKind } from '#model/condition.ts'
import { Hostname, ShortName, Version } from '#model/names.ts'
import { oneOf } from './one-of.ts'

const time = z.number().min(0)
const share = z.number().min(0).max(1)
const provider = ShortName
const span = { from: time.optional(), to: time.optional() }

const EXPECTATIONS = {
  share: z
    .strictObject({
      provider,
      of: z.enum(['measured', 'wanted', 'answered']).default('measured'),
      from: time,
      to: time,
      above: share.optional(),
      below: share.optional(),
    })
    .describe('Its mean share over a time.'),
  versionShare: z
    .strictObject({
      version: Version,
      of: z.enum(['measured', 'wanted', 'answered']).default('measured'),
      from: time,
      to: time,
      above: share.optional(),
      below: share.optional(),
    })
    .describe('The mean share of a version over a time.'),
  outcome: z
    .strictObject({ is: CanaryOutcome, hostname: Hostname.optional(), by: time })
    .describe('What became of the canary, ended by then.'),
  failed: z
    .strictObject({
      provider: provider.optional(),
      ...span,
      atMostPercent: z.number().min(0).max(100),
      atLeastPercent: z.number().min(0).max(100).optional(),
    })
    .describe('Failed requests of those sent in a time.'),
  writes: z
    .strictObject({ hostname: Hostname.optional(), ...span, atMost: z.int().min(0), atLeast: z.int().min(0).optional() })
    .describe('Changes the controller wrote; without a hostname, of the hostname with the most.'),
  sentence: z
    .strictObject({ matches: z.string().min(1).refine(isPattern, 'a regular expression'), ...span })
    .describe('Somebody said why.'),
  condition: z.strictObject({ provider, is: ConditionKind, ...span }).describe('It was so at some moment of a time.'),
  fence: z
    .strictObject({ hostname: Hostname.optional(), generation: z.int().min(0).optional() })
    .describe('Each write raised the sequence by one, no generation fell, and the last write was of this generation.'),
  restored: z.strictObject({ hostname: Hostname.optional(), by: time }).describe('The records are again as before the first edit by hand.'),
  ttl: z.strictObject({ hostname: Hostname.optional(), at: time, is: z.int().min(0) }).describe('The highest TTL of the records.'),
} as const

const bites = z
  .literal(true)
  .optional()
  .describe('It is not met without the controller. Only what clients measure may say so: failures, and shares measured at them.')

export const Expectation = oneOf({ bites }, EXPECTATIONS).refine(
  ({ bites: isMarked, failed, share: shared, versionShare }) =>
    isMarked === undefined || failed !== undefined || (shared ?? versionShare)?.of === 'measured',
  { error: 'bites only beside failed, or beside a measured share', path: ['bites'] },
)
export type Expectation = z.infer<typeof Expectation>

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}
