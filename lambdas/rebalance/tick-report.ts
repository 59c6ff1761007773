// What a tick answers: the decisions with their sentences, the plans, what became of them.
import type { Guarded } from '#guards/index.ts'
import type { Decision } from '#model/decision.ts'
import type { Plan, Refusal } from '#model/plan.ts'
import type { Reason } from '#model/reason.ts'
import type { ApplyOutcome, Receipt } from '#model/receipt.ts'
import type { Thought } from '#pipeline.ts'

export type PlanReport = Pick<Plan, 'hostname' | 'cause' | 'changes' | 'reason'> & { readonly refusals: readonly Refusal[] }

export type TickReport =
  | { readonly kind: 'dropped'; readonly reason: Reason }
  | { readonly kind: 'overtaken'; readonly reason: Reason }
  | {
      /** `dry-run`: computed and shown, nothing stored, nothing written. */
      readonly kind: 'done' | 'dry-run'
      readonly decisions: readonly Decision[]
      readonly plans: readonly PlanReport[]
      readonly outcomes: readonly ApplyOutcome[]
      readonly confirmed: readonly Receipt[]
      /** Regions whose metrics could not be read. */
      readonly unread: readonly Reason[]
    }

export function tickReport(
  kind: 'done' | 'dry-run',
  thought: Thought,
  plans: readonly Guarded[],
  outcomes: readonly ApplyOutcome[],
  confirmed: readonly Receipt[],
  unread: readonly Reason[] = [],
): TickReport {
  return { kind, decisions: thought.decisions, plans: plans.map(planReport), outcomes, confirmed, unread }
}

function planReport(guarded: Guarded): PlanReport {
  const { hostname, cause, changes, reason } = guarded.plan
  return { hostname, cause, changes, reason, refusals: guarded.kind === 'refused' ? guarded.refusals : guarded.shrunk }
}
