// What the functions of the canary are asked: by the machine's tasks, by operators, by reconcile. Documented in docs/canary.md.
import * as z from 'zod'
import { Canary, NextState } from './canary.ts'
import { FrozenSpan } from './freeze-window.ts'
import { JudgeMinute } from './judge-minute.ts'
import { JudgeState } from './judge-state.ts'
import { Hostname, ShortName, Version } from './names.ts'
import { Reason } from './reason.ts'
import { Verdict } from './verdict.ts'

const by = { author: z.string().min(1).optional(), reason: z.string().min(1).optional() }

/** The input of an execution: a version of a service, or a provider of a hostname. */
export const CanaryStart = z.union([
  z.strictObject({ service: ShortName, version: Version, ...by }),
  /** `part`: where it ends, of its capacity-proportional share; 1 brings the provider in, 0 takes it out. */
  z.strictObject({ hostname: Hostname, provider: ShortName, part: z.number().min(0).max(1).default(1), ...by }),
])
export type CanaryStart = z.infer<typeof CanaryStart>

/** What a task answers, and what the execution's own data carries to the next one. */
export const TaskAnswer = z.object({
  hostname: z.string(),
  generation: z.int().min(0),
  turn: z.int().min(0),
  next: NextState,
  /** Whole: a Wait state takes no fraction (Step Functions developer guide, "Wait workflow state"). */
  waitSeconds: z.int().min(0),
  sentence: z.string(),
  /** Of a person's order that is not carried out; `sentence` says why. */
  isRefused: z.literal(true).optional(),
})
export type TaskAnswer = z.infer<typeof TaskAnswer>

/** `startedAt`: of the execution, which tells the newer of two starts. */
export const BeginTask = z.strictObject({ execution: z.string().min(1), startedAt: z.iso.datetime(), input: z.unknown() })
export type BeginTask = z.infer<typeof BeginTask>

export const MACHINE_EVENTS = ['shift', 'settle', 'judge', 'promote', 'rollback', 'finish'] as const

/** `canary` is the answer of the task before; `rollback` of a Catch may come without one. */
export const StepTask = z.strictObject({
  execution: z.string().min(1),
  event: z.enum(MACHINE_EVENTS),
  canary: TaskAnswer.loose().optional(),
})
export type StepTask = z.infer<typeof StepTask>

export const CANARY_ACTIONS = ['approve', 'hold', 'resume', 'promote', 'abort', 'revert', 'died'] as const

/** What an operator says, with who and why; `revert` comes after the end, `died` is reconcile's. Epoch seconds. */
export const CanaryOrder = z.strictObject({
  action: z.enum(CANARY_ACTIONS),
  time: z.number(),
  author: z.string().min(1),
  reason: z.string().min(1),
  hostname: Hostname,
  /** Only this execution's canary is meant. */
  execution: z.string().min(1).optional(),
})
export type CanaryOrder = z.infer<typeof CanaryOrder>

/** What step asks of judge: nothing is stored there, so everything it needs is in it. Epoch seconds. */
export const JudgeTask = z.strictObject({
  hostname: Hostname,
  subject: Canary.shape.subject,
  settings: Canary.shape.strategy.shape.judge,
  state: JudgeState,
  /** Minutes that begin before this are not judged; undefined: only the traffic is counted. */
  judgeFrom: z.number().optional(),
  /** Since when the shares of the traffic are those that stand. */
  observeFrom: z.number().optional(),
  /** Failures of the canary are counted from this minute on, judged or not. */
  exposedFrom: z.number(),
  /** Why these minutes are not evidence. */
  frozen: z.string().min(1).optional(),
  /** Names of the alarms that end it. */
  alarms: z.array(z.string()).default([]),
})
export type JudgeTask = z.infer<typeof JudgeTask>

/** What begin, or an operator's `canary plan`, asks of judge before a start: only judge reads metrics and alarms. */
export const PreflightTask = z.strictObject({
  event: z.literal('preflight'),
  hostname: Hostname,
  subject: Canary.shape.subject,
})
export type PreflightTask = z.infer<typeof PreflightTask>

/** The judge's settings with what history adds to the strategy, and what that is, for the sentence of the start; or why there is no judging by it. */
export const Learned = z.union([
  z.object({ settings: Canary.shape.strategy.shape.judge, sentences: z.array(z.string()) }),
  z.object({ refused: Reason }),
])
export type Learned = z.infer<typeof Learned>

export const PreflightAnswer = z.object({
  /** Why it must not start now. */
  reasons: z.array(Reason),
  /** Freeze windows from now until no canary that starts now can last any longer. */
  freezes: z.array(FrozenSpan),
  learned: Learned,
  /** The most that both arms had in a minute of the last ones; absent where none is known. */
  requestsPerMinute: z.number().min(0).optional(),
})
export type PreflightAnswer = z.infer<typeof PreflightAnswer>

export const JudgeAnswer = z.object({
  state: JudgeState,
  /** Each closed minute with what was said of it, oldest first. */
  minutes: z.array(z.object({ minute: JudgeMinute, verdict: Verdict })),
  exposed: z.number().min(0),
  /** Before `exposedUntil`: minutes in which a provider of the canary was silent, and requests of which nobody knows how many failed. */
  unseen: z.object({ minutes: z.number().min(0), requests: z.number().min(0) }).default({ minutes: 0, requests: 0 }),
  /** The most requests a minute of both arms together. */
  mostRequests: z.number().min(0).default(0),
  /** The end of the last minute that was counted in it; absent where nothing was known of any. */
  exposedUntil: z.number().optional(),
  observed: z.object({ canary: z.number().min(0), total: z.number().min(0) }).optional(),
  stableDown: Reason.optional(),
  /** What an alarm of the strategy says against it. */
  alarm: Reason.optional(),
})
export type JudgeAnswer = z.infer<typeof JudgeAnswer>
