// The door of reconcile: the schedule's event, an empty call of an operator's, or the end of an execution that ran a canary. Nothing else.
import * as z from 'zod'
import { parseWith } from '#handler/bad-event.ts'
import { ScheduledEvent } from '#handler/scheduled-event.ts'
import { type EndedExecution, ExecutionEnded } from './execution-ended.ts'

export type ReconcileEvent =
  /** `time`: epoch seconds at which the schedule asked for the sweep; an operator asks for one now. */
  { readonly kind: 'sweep'; readonly time: number | undefined } | ({ readonly kind: 'ended' } & EndedExecution)

/** @throws BadEvent that names the place, the value, what is allowed and the mend */
export function parseEvent(raw: unknown): ReconcileEvent {
  if (z.strictObject({}).safeParse(raw).success) return { kind: 'sweep', time: undefined }
  if (z.looseObject({ source: z.literal('aws.states') }).safeParse(raw).success) return { kind: 'ended', ...parseWith(ExecutionEnded, raw) }
  return { kind: 'sweep', time: parseWith(ScheduledEvent, raw).time }
}
