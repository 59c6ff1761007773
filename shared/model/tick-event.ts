// The one event type of rebalance: schedule, alarm, operator, canary and reconcile all become a TickEvent.
import * as z from 'zod'
import { ShortName } from './names.ts'
import { ObservedRecords } from './observed-records.ts'

/** What an operator can ask for; each is audited. Expiry in epoch seconds. */
export const OperatorAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('tick') }),
  z.strictObject({ action: z.literal('drain'), provider: ShortName, reason: z.string().min(1), expiresAt: z.number() }),
  z.strictObject({ action: z.literal('undrain'), provider: ShortName, reason: z.string().min(1) }),
])
export type OperatorAction = z.infer<typeof OperatorAction>

export const TickEvent = z.discriminatedUnion('source', [
  z.object({ source: z.literal('schedule'), time: z.number() }),
  z.object({ source: z.literal('alarm'), time: z.number(), alarmName: z.string(), state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }),
  z.strictObject({
    source: z.literal('operator'),
    time: z.number(),
    author: z.string().min(1),
    dryRun: z.boolean().default(false),
    request: OperatorAction,
  }),
  z.strictObject({ source: z.literal('canary'), time: z.number(), hostname: z.string(), execution: z.string() }),
  z.strictObject({ source: z.literal('reconcile'), time: z.number(), observed: z.array(ObservedRecords) }),
])
export type TickEvent = z.infer<typeof TickEvent>
