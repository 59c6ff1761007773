// PutEvents: up to ten entries, each answered on its own.
// Source: EventBridge API reference, PutEvents.
import { ACCOUNT_ID } from '../account.ts'
import type { Operation } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { EventBus } from './bus.ts'
import { busNameOf, DEFAULT_BUS } from './rules.ts'

type Entry = {
  readonly Source?: string
  readonly DetailType?: string
  readonly Detail?: string
  readonly Resources?: readonly string[]
  readonly Time?: number
  readonly EventBusName?: string
}

/** Entries: at least 1, at most 10. */
const ENTRY_LIMIT = 10

export function putEvents(bus: EventBus): Operation<{ readonly Entries?: readonly Entry[] }> {
  return {
    permissions({ Entries = [] }, { region }) {
      const names = new Set(Entries.map(({ EventBusName }) => busNameOf(EventBusName)))
      const asked = names.size === 0 ? [DEFAULT_BUS] : [...names]
      return asked.map((name) => ({ action: 'events:PutEvents', resource: `arn:aws:events:${region}:${ACCOUNT_ID}:event-bus/${name}` }))
    },
    run({ Entries = [] }, { region }) {
      if (Entries.length < 1 || Entries.length > ENTRY_LIMIT)
        throw new ServiceFault('ValidationException', `Entries: 1 to ${ENTRY_LIMIT}, seen ${Entries.length}`)
      const answers = Entries.map((entry) => putEntry(bus, entry, region))
      return { Entries: answers, FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length }
    },
  }
}

function putEntry(bus: EventBus, entry: Entry, region: string): Record<string, string> {
  const { Source: source, DetailType: detailType, Detail: detail } = entry
  if (!source || !detailType || !detail)
    return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source, DetailType or Detail is not valid. Reason: it is required.' }
  // Sources that begin with aws. are AWS's own.
  if (source.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' }
  try {
    const event = { source, detailType, region, resources: entry.Resources ?? [], detail: JSON.parse(detail), atSeconds: entry.Time }
    return { EventId: bus.put(event, busNameOf(entry.EventBusName)) }
  } catch {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
  }
}
