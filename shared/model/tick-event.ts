// The one event type of rebalance: schedule, alarm, operator, canary and reconcile all become a TickEvent.
import * as z from 'zod'
import { Hostname, ShortName } from './names.ts'
import { ObservedRecords } from './observed-records.ts'
import { ALL_HOSTNAMES, PinnedShares } from './override.ts'

const reason = z.string().min(1)
/** Epoch seconds; at most 30 days ahead. */
const expiresAt = z.number()

/** What an operator can ask for; each is audited. Expiry in epoch seconds. */
export const OperatorAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('tick') }),
  z.strictObject({ action: z.literal('drain'), provider: ShortName, reason, expiresAt }),
  z.strictObject({ action: z.literal('undrain'), provider: ShortName, reason }),
  /** Shares that do not add up to 1 are refused. */
  z.strictObject({ action: z.literal('pin'), hostname: Hostname, shares: PinnedShares, reason, expiresAt }),
  /** Ends a pin, and so a rollback. */
  z.strictObject({ action: z.literal('unpin'), hostname: Hostname, reason }),
  z.strictObject({ action: z.literal('pause'), hostname: z.union([z.literal(ALL_HOSTNAMES), Hostname]), reason, expiresAt }),
  z.strictObject({ action: z.literal('resume'), hostname: z.union([z.literal(ALL_HOSTNAMES), Hostname]), reason }),
  /** Writes the last good plan and pins it. Needs no signal. */
  z.strictObject({ action: z.literal('rollback'), hostname: Hostname, reason, expiresAt }),
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
