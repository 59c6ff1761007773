// How a canary goes: its steps, how long each lasts, who has to agree, and what the judge tolerates. Times in minutes, percents 0–100.
import * as z from 'zod'
import { FreezeWindow } from './freeze-window.ts'
import { StrategyJudge } from './judge-settings.ts'

const percent = z.number().gt(0).lt(100)
const minutes = z.number().min(0)

/** The last step is the last one that is judged beside the old version; a pass there promotes. */
export const Steps = z.union([
  z.strictObject({ list: z.array(percent).min(1).max(50).describe('percents that rise, such as [1, 5, 25, 50]') }),
  z.strictObject({ linear: percent.describe('percents added each step, until less than one step is left') }),
  z.strictObject({
    exponential: z
      .strictObject({
        first: percent.describe('percent of the first step'),
        factor: z.number().min(1.1).describe('each step is so many times the one before'),
      })
      .describe('first, first × factor, … below 100'),
  }),
  z.strictObject({ blueGreen: z.literal(true).describe('0 → 100 at once, then the bake; needs judge.maxFailureRatio') }),
])
export type Steps = z.infer<typeof Steps>

export const GateCheck = z.strictObject({
  function: z
    .string()
    .regex(
      /^(arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:)?[\w-]{1,64}(:[\w-]{1,128})?$/,
      'the name or ARN of a Lambda function, such as media-smoke-test',
    )
    .describe('what is asked'),
  timeoutSeconds: z.int().min(1).max(30).default(10).describe('how long an answer may take'),
})
export type GateCheck = z.infer<typeof GateCheck>

export const Gate = z.strictObject({
  atPercent: z.number().gt(0).max(100).describe('the step at which somebody has to approve'),
  deadlineMinutes: minutes.default(240).describe('without an approval by then the canary is rolled back'),
  check: GateCheck.optional().describe('asked in place of a person'),
})
export type Gate = z.infer<typeof Gate>

export const ErrorBudget = z.strictObject({
  failureRatio: z.number().gt(0).lt(1).describe('part of the requests that may fail'),
  hours: z.int().min(1).max(720).default(24).describe('over how long'),
})
export type ErrorBudget = z.infer<typeof ErrorBudget>

export const Strategy = z.strictObject({
  steps: Steps.prefault({ list: [1, 5, 25, 50] }).describe('how much the new version gets, step by step'),
  minDwellMinutes: minutes.default(5).describe('least time at a step'),
  maxDwellMinutes: minutes.default(120).describe('time after which a step that lacks evidence ends as onMaxDwell says'),
  settleMinutes: minutes.default(15).describe('time for a change to be in sync and seen in the traffic'),
  bakeMinutes: minutes.default(15).describe('time at 100 % during which the old version is kept warm'),
  onMaxDwell: z.enum(['rollback', 'hold']).default('rollback').describe('hold waits for a person'),
  holdMinutes: minutes.max(2400).default(1440).describe('longest hold or wait for a person; then it goes back'),
  revertMinutes: minutes.default(60).describe('time after completion in which the version before can be brought back at once'),
  onSupersede: z
    .enum(['reject', 'rollbackFirst'])
    .default('reject')
    .describe('what a newer version finds: it is refused, or this one goes back first'),
  gates: z.array(Gate).default([]).describe('steps that somebody, or a function, has to agree to'),
  freezeWindows: z.array(FreezeWindow).default([]).describe('beside those of the policy'),
  exposureBudget: z
    .number()
    .positive()
    .optional()
    .describe('requests that may fail at the canary in all; it goes back before more could: what is not known yet counts as its worst'),
  worstFailureRatio: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('part of the requests that can fail at worst, for exposureBudget; 1: every one'),
  errorBudget: ErrorBudget.optional().describe('nothing starts while more has failed already'),
  alarms: z
    .array(z.string().regex(/^[^*?]{1,255}$/, 'the name of a metric alarm, without * and ?'))
    .max(20)
    .default([])
    .describe('metric alarms of the home region; one in ALARM rolls back'),
  judge: StrategyJudge.prefault({}).describe('what is judged, and how surely; versions split by DNS need a toleratedRatio above 1'),
})
export type Strategy = z.infer<typeof Strategy>

/** The percents of a strategy in order: rising, above 0, at most 100. */
export function percentsOf(steps: Steps): number[] {
  if ('list' in steps) return [...steps.list]
  if ('blueGreen' in steps) return [100]
  if ('linear' in steps) return Array.from({ length: Math.ceil(100 / steps.linear) - 1 }, (_, index) => (index + 1) * steps.linear)
  const { first, factor } = steps.exponential
  const count = Math.ceil(Math.log(100 / first) / Math.log(factor) - 1e-9)
  return Array.from({ length: Math.max(1, count) }, (_, index) => first * factor ** index)
}
