// The one door of rebalance: EventBridge's schedule and alarm events, operators, canaries and reconcile become a TickEvent.
import * as z from 'zod'
import { BadEvent, parseWith } from '#handler/bad-event.ts'
import { TickEvent } from '#model/tick-event.ts'

const isoTime = z.iso.datetime({ offset: true }).transform((text, context) => {
  const seconds = Date.parse(text) / 1000
  if (!Number.isFinite(seconds)) context.addIssue('a time such as 2026-01-31T12:00:00Z')
  return seconds
})

/** EventBridge User Guide, "Scheduled events". */
const Scheduled = z.object({ source: z.enum(['aws.events', 'aws.scheduler']), time: isoTime })

/** CloudWatch User Guide, "Alarm events and EventBridge". */
const AlarmChanged = z.object({
  source: z.literal('aws.cloudwatch'),
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  time: isoTime,
  detail: z.object({ alarmName: z.string(), state: z.object({ value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }) }),
})

const OWN_SOURCES = TickEvent.options.map((option) => option.shape.source.value)

/** @throws BadEvent that names the place, the value and what is allowed */
export function parseEvent(raw: unknown): TickEvent {
  const source = typeof raw === 'object' && raw !== null && 'source' in raw ? raw.source : undefined
  switch (source) {
    case 'aws.events':
    case 'aws.scheduler':
      return { source: 'schedule', time: parseWith(Scheduled, raw).time }
    case 'aws.cloudwatch': {
      const { time, detail } = parseWith(AlarmChanged, raw)
      return { source: 'alarm', time, alarmName: detail.alarmName, state: detail.state.value }
    }
    default:
      if (OWN_SOURCES.some((own) => own === source)) return parseWith(TickEvent, raw)
      throw new BadEvent(
        `event.source: allowed are ${['aws.events', 'aws.scheduler', 'aws.cloudwatch', ...OWN_SOURCES].join(', ')}; seen ${JSON.stringify(source) ?? 'nothing'}`,
      )
  }
}
