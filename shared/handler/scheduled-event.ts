// The event of a schedule, as EventBridge sends it (EventBridge User Guide, "Scheduled events"): whoever runs on one reads it here.
import * as z from 'zod'

/** ISO 8601 → epoch seconds. */
export const IsoTime = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text) / 1000)

/** Keys that EventBridge adds beside these are no concern of ours. */
export const ScheduledEvent = z.object({ source: z.enum(['aws.events', 'aws.scheduler']), time: IsoTime })
