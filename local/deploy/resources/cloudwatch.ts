// AWS::CloudWatch::Alarm over the wire; AWS::CloudWatch::Dashboard and AWS::Logs::LogGroup are kept, nothing here draws or stores by them.
import { DeleteAlarmsCommand, PutMetricAlarmCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

/** The properties have the names of the API's own input. */
const AlarmProperties = z.strictObject({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().optional(),
  ActionsEnabled: z.boolean().optional(),
  AlarmActions: z.array(z.string()).optional(),
  OKActions: z.array(z.string()).optional(),
  InsufficientDataActions: z.array(z.string()).optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional(),
  Metrics: z.array(z.unknown()).optional(),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Unit: z.string().optional(),
  Period: z.coerce.number().optional(),
  EvaluationPeriods: z.coerce.number(),
  DatapointsToAlarm: z.coerce.number().optional(),
  Threshold: z.coerce.number().optional(),
  ComparisonOperator: z.string(),
  TreatMissingData: z.string().optional(),
})

export const cloudwatchAlarm = resourceType<z.infer<typeof AlarmProperties>>({
  type: 'AWS::CloudWatch::Alarm',
  properties: AlarmProperties,
  replacedBy: ['AlarmName'],
  async put({ properties, existing, generatedName }, { clients, region, accountId }) {
    const AlarmName = existing?.physicalId ?? properties.AlarmName ?? generatedName
    await clients.cloudwatch.send(
      new PutMetricAlarmCommand({ ...(properties as Partial<PutMetricAlarmCommandInput>), AlarmName } as PutMetricAlarmCommandInput),
    )
    return { physicalId: AlarmName, attributes: { Arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${AlarmName}` } }
  },
  async remove({ physicalId }, _properties, { clients }) {
    await clients.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [physicalId] }))
  },
})

const DashboardProperties = z.strictObject({ DashboardName: z.string().optional(), DashboardBody: z.string() })

export const cloudwatchDashboard = resourceType<z.infer<typeof DashboardProperties>>({
  type: 'AWS::CloudWatch::Dashboard',
  properties: DashboardProperties,
  replacedBy: ['DashboardName'],
  async put({ properties, existing, generatedName }, { registry }) {
    const name = existing?.physicalId ?? properties.DashboardName ?? generatedName
    // As PutDashboard does: a body that is no JSON is refused.
    JSON.parse(properties.DashboardBody)
    registry.dashboards.set(name, properties.DashboardBody)
    return { physicalId: name, attributes: {} }
  },
  async remove({ physicalId }, _properties, { registry }) {
    registry.dashboards.delete(physicalId)
  },
})

const LogGroupProperties = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: z.coerce.number().optional(),
  Tags: z.unknown().optional(),
})

export const logsLogGroup = resourceType<z.infer<typeof LogGroupProperties>>({
  type: 'AWS::Logs::LogGroup',
  properties: LogGroupProperties,
  replacedBy: ['LogGroupName'],
  async put({ properties, existing, generatedName }, { registry, region, accountId }) {
    const name = existing?.physicalId ?? properties.LogGroupName ?? generatedName
    registry.logGroups.set(name, { retentionDays: properties.RetentionInDays })
    return { physicalId: name, attributes: { Arn: `arn:aws:logs:${region}:${accountId}:log-group:${name}:*` } }
  },
  async remove({ physicalId }, _properties, { registry }) {
    registry.logGroups.delete(physicalId)
  },
})
