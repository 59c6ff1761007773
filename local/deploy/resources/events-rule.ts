// AWS::Events::Rule, on the default bus or one of the template's own, over the wire.
import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type RuleState,
  type Target,
} from '@aws-sdk/client-eventbridge'
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

const RuleTarget = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  RetryPolicy: z
    .strictObject({ MaximumEventAgeInSeconds: z.coerce.number().optional(), MaximumRetryAttempts: z.coerce.number().optional() })
    .optional(),
})

const Properties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  /** Name or ARN. @default the default bus */
  EventBusName: z.string().optional(),
  ScheduleExpression: z.string().optional(),
  EventPattern: z.unknown().optional(),
  State: z.custom<RuleState>().default('ENABLED'),
  Targets: z.array(RuleTarget).default([]),
})

export const eventsRule = resourceType<z.infer<typeof Properties>>({
  type: 'AWS::Events::Rule',
  properties: Properties,
  replacedBy: ['Name', 'EventBusName'],
  async put({ properties, existing, generatedName }, { clients: { events }, region, accountId }) {
    const { Description, ScheduleExpression, EventPattern, State, Targets } = properties
    const Rule = existing?.attributes.RuleName ?? properties.Name ?? generatedName.slice(0, 64)
    const on = busOf(properties)
    await events.send(
      new PutRuleCommand({
        Name: Rule,
        ...on,
        State,
        ...(Description === undefined ? {} : { Description }),
        ...(ScheduleExpression === undefined ? {} : { ScheduleExpression }),
        ...(EventPattern === undefined ? {} : { EventPattern: JSON.stringify(EventPattern) }),
      }),
    )
    const gone = existing?.properties.Targets.map(({ Id }) => Id).filter((id) => !Targets.some(({ Id }) => Id === id)) ?? []
    if (gone.length > 0) await events.send(new RemoveTargetsCommand({ Rule, ...on, Ids: gone }))
    if (Targets.length > 0) {
      const { FailedEntries = [] } = await events.send(new PutTargetsCommand({ Rule, ...on, Targets: Targets as Target[] }))
      const failed = FailedEntries[0]
      if (failed !== undefined) throw new Error(`target ${failed.TargetId} was refused: ${failed.ErrorCode} ${failed.ErrorMessage}`)
    }
    const busName = on.EventBusName?.split('event-bus/').at(-1)
    // `Ref` of a rule on a bus of its own is `bus|rule` (CloudFormation reference, AWS::Events::Rule, Return values).
    const physicalId = busName === undefined ? Rule : `${busName}|${Rule}`
    const path = busName === undefined ? Rule : `${busName}/${Rule}`
    return { physicalId, attributes: { Arn: `arn:aws:events:${region}:${accountId}:rule/${path}`, RuleName: Rule } }
  },
  async remove({ attributes: { RuleName: Rule = '' } }, properties, { clients: { events } }) {
    const on = busOf(properties)
    const Ids = properties.Targets.map(({ Id }) => Id)
    if (Ids.length > 0) await events.send(new RemoveTargetsCommand({ Rule, ...on, Ids }))
    await events.send(new DeleteRuleCommand({ Name: Rule, ...on }))
  },
})

function busOf({ EventBusName }: z.infer<typeof Properties>): { EventBusName?: string } {
  return EventBusName === undefined || EventBusName === 'default' ? {} : { EventBusName }
}
