// The door of reconcile: the schedule's event, or an empty call of an operator's. Nothing else starts a sweep.
import * as z from 'zod'
import { parseWith } from '#handler/bad-event.ts'
import { ScheduledEvent } from '#handler/scheduled-event.ts'

export type SweepEvent = {
  /** Epoch seconds at which the schedule asked for the sweep; an operator asks for one now. */
  readonly time: number | undefined
}

/** @throws BadEvent that names the place, the value, what is allowed and the mend */
export function parseEvent(raw: unknown): SweepEvent {
  const isEmpty = z.strictObject({}).safeParse(raw).success
  return { time: isEmpty ? undefined : parseWith(ScheduledEvent, raw).time }
}
