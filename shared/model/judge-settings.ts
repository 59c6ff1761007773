// What a strategy tells the judge of a canary: how sure, how much worse is tolerated, and what is measured.
import * as z from 'zod'
import { ShortName } from './names.ts'

const chance = z.number().gt(0).max(0.5)
const ratio = z.number().gt(0).lt(1)
const weight = z.number().positive().default(1).describe('how much of the chance of a false abort this metric may use, beside the others')
const critical = z.boolean().default(true).describe('without its data there is no verdict, and without its own evidence nothing passes')
const aborts = z
  .boolean()
  .default(true)
  .describe('false: its calibration failed (sluice judge --calibrate), or never was; shown, but it aborts nothing')
const nameInMessages = ShortName.describe('how sentences and the page call it')
const toleratedRatio = z
  .number()
  .min(1)
  .max(100)
  .describe('δ0: how many times as often the canary may fail; above 1 where the arms are split by resolver')
/** Arms that are split by resolver fail differently anyway: tolerated where neither a history nor a strategy says more. */
export const DEFAULT_STANDING_RATIO = 1.5

/** One thing that is counted per request in both arms. */
export const JudgedMetric = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('failures').describe('requests that failed'),
    name: nameInMessages.default('failures'),
    weight,
    critical,
    aborts,
  }),
  z.strictObject({
    kind: z.literal('latency').describe('requests slower than each edge'),
    name: nameInMessages.default('latency'),
    weight,
    critical: critical.default(false),
    aborts,
    objectiveSeconds: z.number().positive().optional().describe('what no request should take longer than: one more edge'),
    edgesSeconds: z
      .array(z.number().positive())
      .min(1)
      .max(5)
      .refine((edges) => edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? 0)), 'edges that rise')
      .optional()
      .describe(
        'slower than the edge counts as a failure; left out: near p50, p90 and p99 of the standing version, frozen when a canary begins',
      ),
  }),
  z.strictObject({
    kind: z.literal('count').describe('what the agents count under a name of their own, such as wrong answers'),
    name: ShortName.describe('a metric of versions in namespace Sluice'),
    weight,
    critical: critical.default(false),
    aborts,
  }),
])
export type JudgedMetric = z.infer<typeof JudgedMetric>

export const JudgeSettings = z
  .strictObject({
    alpha: chance.default(0.01).describe('α: chance of aborting a canary that is no worse than tolerated, over its whole life'),
    beta: chance.default(0.05).describe('β: chance of passing a canary that is as bad as maxRatio'),
    toleratedRatio: toleratedRatio.default(1),
    maxRatio: z
      .number()
      .gt(1)
      .max(1000)
      .optional()
      .describe('δ_max: a canary passes on evidence that it fails less than so many times as often; left out: twice what is tolerated'),
    maxFailureRatio: ratio.optional().describe('p_max: … or on evidence that it fails less often than this, whatever the control does'),
    guardFailureRatio: ratio.optional().describe('p_slo: a canary above it fails, unless the control is above it, too (common mode)'),
    metrics: z
      .array(JudgedMetric)
      .min(1)
      .max(16)
      .prefault([{ kind: 'failures' }])
      .refine((metrics) => new Set(metrics.map(({ name }) => name)).size === metrics.length, 'names that differ')
      .refine((metrics) => metrics.some((metric) => metric.critical), 'at least one critical metric: nothing else can pass')
      .describe('what is counted of each request, in both arms'),
  })
  .refine(({ toleratedRatio, maxRatio }) => maxRatio === undefined || maxRatio > toleratedRatio, {
    path: ['maxRatio'],
    error: 'maxRatio above toleratedRatio: what is tolerated has to be able to pass',
  })
export type JudgeSettings = z.infer<typeof JudgeSettings>

/** Those of a strategy: its arms are split by DNS, whatever else it says. */
export const StrategyJudge = JudgeSettings.safeExtend({ toleratedRatio: toleratedRatio.default(DEFAULT_STANDING_RATIO) })

/** δ_max, with its default. */
export function maxRatioOf({ maxRatio, toleratedRatio }: JudgeSettings): number {
  return maxRatio ?? 2 * toleratedRatio
}
