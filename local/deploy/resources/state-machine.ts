// AWS::StepFunctions::StateMachine, over the wire.
import { CreateStateMachineCommand, DeleteStateMachineCommand, type LogLevel, UpdateStateMachineCommand } from '@aws-sdk/client-sfn'
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

const Logging = z.strictObject({
  Level: z
    .custom<LogLevel>((value) => ['ALL', 'ERROR', 'FATAL', 'OFF'].includes(value as string), 'ALL, ERROR, FATAL or OFF')
    .default('OFF'),
  IncludeExecutionData: z.boolean().default(false),
  Destinations: z.array(z.strictObject({ CloudWatchLogsLogGroup: z.strictObject({ LogGroupArn: z.string() }) })).default([]),
})

const Properties = z.strictObject({
  StateMachineName: z.string().optional(),
  StateMachineType: z.literal('STANDARD', { error: 'STANDARD: Express workflows do not run here' }).default('STANDARD'),
  DefinitionString: z.string(),
  RoleArn: z.string(),
  LoggingConfiguration: Logging.default({ Level: 'OFF', IncludeExecutionData: false, Destinations: [] }),
  TracingConfiguration: z.strictObject({ Enabled: z.boolean() }).default({ Enabled: false }),
  Tags: z.unknown().optional(),
})

export const stateMachine = resourceType<z.infer<typeof Properties>>({
  type: 'AWS::StepFunctions::StateMachine',
  properties: Properties,
  replacedBy: ['StateMachineName', 'StateMachineType'],
  async put({ properties, existing, generatedName }, { clients: { sfn }, registry }) {
    const name = existing?.attributes.Name ?? properties.StateMachineName ?? generatedName.slice(0, 80)
    // The trust policy is not on the wire: the role must name the service that acts with it.
    registry.assumedBy('states.amazonaws.com', properties.RoleArn, name)
    const { Level, IncludeExecutionData, Destinations } = properties.LoggingConfiguration
    const settings = {
      definition: properties.DefinitionString,
      roleArn: properties.RoleArn,
      loggingConfiguration: {
        level: Level,
        includeExecutionData: IncludeExecutionData,
        destinations: Destinations.map(({ CloudWatchLogsLogGroup }) => ({
          cloudWatchLogsLogGroup: { logGroupArn: CloudWatchLogsLogGroup.LogGroupArn },
        })),
      },
      tracingConfiguration: { enabled: properties.TracingConfiguration.Enabled },
    }
    if (existing !== undefined) {
      await sfn.send(new UpdateStateMachineCommand({ stateMachineArn: existing.physicalId, ...settings }))
      return existing
    }
    const { stateMachineArn = '' } = await sfn.send(new CreateStateMachineCommand({ name, ...settings }))
    return { physicalId: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name } }
  },
  async remove({ physicalId }, _properties, { clients: { sfn } }) {
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn: physicalId }))
  },
})
