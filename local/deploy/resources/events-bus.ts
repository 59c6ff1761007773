// AWS::Events::EventBus, over the wire.
import { CreateEventBusCommand, DeleteEventBusCommand } from '@aws-sdk/client-eventbridge'
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

const Properties = z.strictObject({ Name: z.string(), Description: z.string().optional(), Tags: z.unknown().optional() })

export const eventsEventBus = resourceType<z.infer<typeof Properties>>({
  type: 'AWS::Events::EventBus',
  properties: Properties,
  replacedBy: ['Name'],
  async put({ properties: { Name, Description }, existing }, { clients: { events }, region, accountId }) {
    if (existing === undefined)
      await events.send(new CreateEventBusCommand({ Name, ...(Description === undefined ? {} : { Description }) }))
    return { physicalId: Name, attributes: { Name, Arn: `arn:aws:events:${region}:${accountId}:event-bus/${Name}` } }
  },
  async remove({ physicalId }, _properties, { clients: { events } }) {
    await events.send(new DeleteEventBusCommand({ Name: physicalId }))
  },
})
