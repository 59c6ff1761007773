// The closed list of resource types that can be deployed here. Step Functions' machines join it with the canary.
import type { ResourceType } from './resource-type.ts'
import { cloudwatchAlarm, cloudwatchDashboard, logsLogGroup } from './resources/cloudwatch.ts'
import { dynamodbGlobalTable, dynamodbTable } from './resources/dynamodb-table.ts'
import { eventsRule } from './resources/events-rule.ts'
import { iamPolicy, iamRole } from './resources/iam.ts'
import { lambdaFunction } from './resources/lambda-function.ts'
import { lambdaEventInvokeConfig, lambdaPermission } from './resources/lambda-invocation.ts'
import { route53HealthCheck, route53HostedZone } from './resources/route53.ts'
import { snsSubscription, snsTopic } from './resources/sns.ts'
import { sqsQueue, sqsQueuePolicy } from './resources/sqs.ts'
import { ssmParameter } from './resources/ssm-parameter.ts'

export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  [
    cloudwatchAlarm,
    cloudwatchDashboard,
    dynamodbGlobalTable,
    dynamodbTable,
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
    sqsQueue,
    sqsQueuePolicy,
    ssmParameter,
  ].map((one) => [one.type, one]),
)
