// What a story may say: its clouds and demand, what happens when, and what is expected to follow. Times are seconds of the clock since the story began.
import * as z from 'zod'
import { ShortName } from '#model/names.ts'
import { Expectation } from './expectation.ts'
import { StoryEvent } from './story-event.ts'

const time = z.number().min(0)

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
