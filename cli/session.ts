// One installation as a command sees it: what is configured, what is stored, and the function that may change it.
import type { CanaryExecutions } from '#adapters/aws/stepfunctions-canaries.ts'
import type { CanaryOrder, PreflightAnswer, PreflightTask, TaskAnswer } from '#model/canary-order.ts'
import type { Configuration } from '#model/configuration.ts'
import type { TickEvent } from '#model/tick-event.ts'
import type { ControlRows } from '#ports/control-rows.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import type { Journal } from '#ports/journal.ts'
import type { OverrideStore } from '#ports/override-store.ts'
import type { RecordsStore } from '#ports/records-store.ts'
import type { Answer } from './answer.ts'
import type { CommandFailure } from './failure.ts'

export type OperatorEvent = Extract<TickEvent, { source: 'operator' }>

export type Reply =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** The function would not do it; one sentence each. */
  | { readonly kind: 'refused'; readonly objections: readonly string[] }

export type OrderReply =
  | { readonly kind: 'answered'; readonly answer: TaskAnswer }
  | { readonly kind: 'refused'; readonly objections: readonly string[] }

/** `notAsked`: the caller may not ask, or the function did not answer. */
export type PreflightReply =
  | { readonly kind: 'answered'; readonly answer: PreflightAnswer }
  | { readonly kind: 'notAsked'; readonly failure: CommandFailure }

export type Session = {
  readonly stage: string
  readonly region: string
  readonly configuration: Configuration
  readonly records: Pick<RecordsStore, 'load'>
  readonly overrides: Pick<OverrideStore, 'list'>
  readonly goodPlans: Pick<GoodPlanStore, 'load'>
  readonly journal: Pick<Journal, 'entries' | 'judged' | 'decisions'>
  /** @throws CommandFailure when the function failed */
  rebalance(event: OperatorEvent): Promise<Reply>
  readonly rows: Pick<ControlRows, 'get' | 'list'>
  readonly canaries: CanaryExecutions
  /** To the canary that holds a hostname. @throws CommandFailure when the function failed */
  order(order: CanaryOrder): Promise<OrderReply>
  /** Of the read-only judge: what a start would learn of it now. */
  preflight(task: PreflightTask): Promise<PreflightReply>
  /** The ARN of whoever holds the credentials. */
  author(): Promise<string>
  /** The service's time in epoch seconds, not this computer's. */
  nowSeconds(): number
}

/** Which metrics CloudWatch has heard of in the last two weeks. */
export interface MetricCatalog {
  /** The dimension sets under which the metric exists, those that contain `dimensions`. */
  dimensionSets(metric: {
    readonly region: string
    readonly namespace: string
    readonly metric: string
    readonly dimensions: Readonly<Record<string, string>>
  }): Promise<Record<string, string>[]>
}
