// The closed list of resource types that can be deployed here.
import type { ResourceType } from './resource-type.ts'
import { cloudwatchAlarm, cloudwatchDashboard, logsLogGroup } from './resources/cloudwatch.ts'
import { dynamodbGlobalTable, dynamodbTable } from './resources/dynamodb-table.ts'
import { eventsEventBus } from './resources/events-bus.ts'
import { eventsRule } from './resources/events-rule.ts'
import { iamPolicy, iamRole } from './resources/iam.ts'
import { lambdaFunction } from './resources/lambda-function.ts'
import { lambdaEventInvokeConfig, lambdaPermission } from './resources/lambda-invocation.ts'
import { route53HealthCheck, route53HostedZone } from './resources/route53.ts'
import { snsSubscription, snsTopic, snsTopicPolicy } from './resources/sns.ts'
import { sqsQueue, sqsQueuePolicy } from './resources/sqs.ts'
import { ssmParameter } from './resources/ssm-parameter.ts'
import { stateMachine } from './resources/state-machine.ts'

export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  [
    cloudwatchAlarm,
    cloudwatchDashboard,
    dynamodbGlobalTable,
    dynamodbTable,
    eventsEventBus,
    eventsRule,
    iamPolicy,
    iamRole,
    lambdaEventInvokeConfig,
    lambdaFunction,
    lambdaPermission,
    logsLogGroup,
    route53HealthCheck,
    route53HostedZone,
    snsSubscription,
    snsTopic,
    snsTopicPolicy,
    sqsQueue,
    sqsQueuePolicy,
    ssmParameter,
    stateMachine,
  ].map((one) => [one.type, one]),
)
