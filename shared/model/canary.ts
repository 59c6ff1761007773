// A canary in flight, and the control row of a hostname: what stands of its split, under which generation, and who is shifting it.
import * as z from 'zod'
import { FrozenSpan } from './freeze-window.ts'
import { JudgeState } from './judge-state.ts'
import { ShortName, Version } from './names.ts'
import { Reason } from './reason.ts'
import { Split } from './split.ts'
import { Strategy } from './strategy.ts'
import { Verdict } from './verdict.ts'

/** No execution lasts longer: 25,000 events are its quota (Step Functions developer guide, "Quotas"), and a tick of a minute costs nine of them. */
export const LONGEST_CANARY_SECONDS = 40 * 3600

/** What is shifted: one version of a service, or one provider of a hostname. */
export const CanarySubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('version'), service: ShortName, version: Version, from: Version }),
  /** `to`: the part of its capacity-proportional share at the end; 1 brings it in, 0 takes it out. */
  z.strictObject({ kind: z.literal('provider'), provider: ShortName, from: z.number().min(0).max(1), to: z.number().min(0).max(1) }),
])
export type CanarySubject = z.infer<typeof CanarySubject>

/** The states of the machine that a task can ask for; `Begin` asks once more, `Done` ends the execution. */
export const NextState = z.enum(['Begin', 'Shift', 'Settle', 'Bake', 'Promote', 'Rollback', 'Finish', 'Done'])
export type NextState = z.infer<typeof NextState>

/** Who asked for something, and why. `at` in epoch seconds. */
export const Asked = z.object({ author: z.string().min(1), reason: z.string().min(1), at: z.number() })
export type Asked = z.infer<typeof Asked>

export const CanaryPhase = z.enum(['shifting', 'settling', 'baking', 'promoting', 'lastBake', 'rollingBack', 'ended'])
export type CanaryPhase = z.infer<typeof CanaryPhase>

export const CanaryOutcome = z.enum(['promoted', 'rolledBack'])
export type CanaryOutcome = z.infer<typeof CanaryOutcome>

export const Canary = z.object({
  /** ARN of the execution that drives it; nobody else's order counts. */
  execution: z.string(),
  subject: CanarySubject,
  by: Asked,
  /** As it was at the start: a deployment does not change a canary in flight. */
  strategy: Strategy,
  /** Percents, rising. */
  steps: z.array(z.number().gt(0).max(100)).min(1),
  phase: CanaryPhase,
  /** Index into `steps`; -1 before the first shift. */
  step: z.int().min(-1),
  startedAt: z.number(),
  /** Since when the phase, and the step, have been what they are; epoch seconds. */
  phaseSince: z.number(),
  stepSince: z.number(),
  /** Seconds of this step that did not count, because failover had the hostname or a person held it. */
  frozenSeconds: z.number().min(0),
  /** When the last tick ran: what passed since may have been frozen. */
  tickAt: z.number(),
  /** When the shares that stand were first in sync, epoch seconds; one from before they changed does not count. */
  inSyncAt: z.number().optional(),
  /** Shares of a provider by the weights of its records, 0–1: before the step, and the least and the most since the step was in sync. */
  asked: z.object({ before: z.number(), low: z.number().optional(), high: z.number().optional() }).optional(),
  frozen: Reason.optional(),
  judge: JudgeState,
  verdict: Verdict.optional(),
  /** Counted minutes when this step began: advancing needs data of its own. */
  countedBefore: z.int().min(0),
  /** Requests of the canary that failed so far. */
  exposed: z.number().min(0),
  /** The worst of what was never known, in failures. */
  unseen: z.number().min(0).default(0),
  /** The most requests of a minute, of the whole name, from shortly before its start on. */
  peakRequests: z.number().min(0).default(0),
  /** Minutes that begin before this are counted in it; epoch seconds. Absent: none yet. */
  exposedUntil: z.number().optional(),
  /** Observed share of the canary when last seen, 0–1. */
  observedShare: z.number().optional(),
  /** Indices of steps whose gate somebody opened. */
  approved: z.array(z.int()),
  held: Asked.optional(),
  /** Freeze windows of its lifetime, as they were at the start. */
  freezes: z.array(FrozenSpan).default([]),
  /** What keeps it from going on, and since when (epoch seconds). */
  still: z.object({ code: z.string(), since: z.number() }).optional(),
  abortAsked: Asked.optional(),
  promoteAsked: Asked.optional(),
  outcome: CanaryOutcome.optional(),
  /** What happened last, as a sentence. */
  reason: Reason,
  /** Orders carried out; an order that carries another number is late or a duplicate. */
  turn: z.int().min(0),
  /** The answer to the last order, for its repetition. */
  next: NextState,
})
export type Canary = z.infer<typeof Canary>

/** One item per hostname. The canary stays after its end, so that somebody can see what became of it. */
export const ControlRow = Split.extend({
  canary: Canary.optional(),
  /** Where a revert goes, until when (epoch seconds). */
  before: z.object({ versionShares: Split.shape.versionShares, until: z.number() }).optional(),
})
export type ControlRow = z.infer<typeof ControlRow>

/** The row of a hostname that a canary holds, or was the last to hold. */
export type CanaryRow = ControlRow & { readonly canary: Canary }

export function isInFlight(row: ControlRow | undefined): row is CanaryRow {
  return row?.canary !== undefined && row.canary.phase !== 'ended'
}
