// The one door of rebalance: EventBridge's schedule and alarm events, operators, canaries and reconcile become a TickEvent.
import * as z from 'zod'
import { parseWith } from '#handler/bad-event.ts'
import { IsoTime, ScheduledEvent } from '#handler/scheduled-event.ts'
import { TickEvent } from '#model/tick-event.ts'

/** CloudWatch User Guide, "Alarm events and EventBridge". */
const AlarmChanged = z.object({
  source: z.literal('aws.cloudwatch'),
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  time: IsoTime,
  detail: z.object({ alarmName: z.string(), state: z.object({ value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }) }),
})

const OWN_SOURCES = TickEvent.options.map((option) => option.shape.source.value)
const AnySource = z.object({ source: z.enum(['aws.events', 'aws.scheduler', 'aws.cloudwatch', ...OWN_SOURCES]) })

/** @throws BadEvent that names the place, the value, what is allowed and the mend */
export function parseEvent(raw: unknown): TickEvent {
  const { source } = parseWith(AnySource, raw)
  switch (source) {
    case 'aws.events':
    case 'aws.scheduler':
      return { source: 'schedule', time: parseWith(ScheduledEvent, raw).time }
    case 'aws.cloudwatch': {
      const { time, detail } = parseWith(AlarmChanged, raw)
      return { source: 'alarm', time, alarmName: detail.alarmName, state: detail.state.value }
    }
    default:
      return parseWith(TickEvent, raw)
  }
}
