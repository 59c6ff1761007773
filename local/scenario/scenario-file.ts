// What a story may say: its clouds and demand, what happens when, and what is expected to follow. Times are seconds of the clock since the story began.
import * as z from 'zod'
import { ConditionKind } from '#model/condition.ts'
import { Hostname, ShortName } from '#model/names.ts'

const time = z.number().min(0)
const share = z.number().min(0).max(1)
const provider = ShortName
const span = { from: time.optional(), to: time.optional() }

const EVENTS = {
  brownOut: z
    .strictObject({ provider, to: z.number().gt(0).lt(1) })
    .describe('It serves only this part of what it could; its check stays green.'),
  fail: z.strictObject({ provider }).describe('It answers 503 to everything, the health check too; metrics go on.'),
  stop: z.strictObject({ provider }).describe('The whole cloud is gone: connections are refused, metrics end.'),
  recover: z
    .strictObject({ provider, warmUp: z.strictObject({ fromFraction: share.gt(0), seconds: z.number().positive() }).optional() })
    .describe('All well again; with warmUp its tasks begin at a part of their rating.'),
  scale: z.strictObject({ provider, tasks: z.int().min(1).max(1000) }),
  silence: z.strictObject({ provider }).describe('Its agent publishes no metrics.'),
  unsilence: z.strictObject({ provider }),
  drain: z.strictObject({ provider, reason: z.string().min(1).optional() }).describe('An operator drains it, through the product.'),
  undrain: z.strictObject({ provider, reason: z.string().min(1).optional() }),
  editRecord: z
    .strictObject({ hostname: Hostname.optional(), provider, weight: z.int().min(0).max(255) })
    .describe('Somebody changes its weight by hand.'),
  demand: z.number().min(0).max(1000).describe('Requests/s from now on.'),
} as const

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
  fence: z.strictObject({ hostname: Hostname.optional() }).describe('Each write raised the sequence by one, and no generation fell.'),
  restored: z.strictObject({ hostname: Hostname.optional(), by: time }).describe('The records are again as before the first edit by hand.'),
} as const

export const StoryEvent = oneOf({ at: time }, EVENTS)
export type StoryEvent = z.infer<typeof StoryEvent>
export const Expectation = oneOf({}, EXPECTATIONS)
export type Expectation = z.infer<typeof Expectation>

export const ScenarioFile = z.strictObject({
  tells: z.string().min(1).describe('One or two sentences.'),
  config: z.string().min(1).optional().describe('A sluice.yaml, relative to the story. Left out: that of examples/aws-hetzner.'),
  speed: z.number().min(1).max(60).default(20).describe('Seconds of the clock per second.'),
  lasts: z.number().min(60).max(14_400).describe('Seconds of the clock.'),
  demand: z.union([
    z.number().min(0).max(1000),
    z.array(z.strictObject({ at: time, requestsPerSecond: z.number().min(0).max(1000) })).min(1),
  ]),
  clouds: z
    .record(
      ShortName,
      z.strictObject({
        tasks: z.int().min(1).max(1000).optional(),
        ratingPerTask: z.number().positive().optional(),
        baseLatencySeconds: z.number().positive().max(10).optional(),
      }),
    )
    .default({})
    .describe('What differs from 10 tasks that have the configured rating together.'),
  events: z.array(StoryEvent).default([]),
  expect: z.array(Expectation).min(1),
})
export type ScenarioFile = z.infer<typeof ScenarioFile>

type Scenario = ScenarioFile & { readonly name: string }

export type { Scenario }

/** An object with exactly one of these keys: reads well in YAML, and an error can name the keys. */
function oneOf<Base extends z.ZodRawShape, Kinds extends Record<string, z.ZodType>>(base: Base, kinds: Kinds) {
  const optional = Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [key, kind.optional()])) as {
    [Key in keyof Kinds]: z.ZodOptional<Kinds[Key]>
  }
  const names = Object.keys(kinds)
  return z
    .strictObject({ ...base, ...optional })
    .refine(
      (value) => names.filter((name) => value[name as keyof typeof value] !== undefined).length === 1,
      `exactly one of ${names.join(', ')}`,
    )
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}
