// Where functions' logs, reports and dead letters go in the in-process AWS: each only as far as the function's role allows it.

import type { InProcessAws } from '#local/aws/in-process-aws.ts'
import type { Permission } from '#local/aws/wire/operation.ts'
import { ServiceFault } from '#local/aws/wire/service-fault.ts'
import type { FunctionDefinition } from '#local/lambda/function-definition.ts'
import { metricsOf } from '#local/lambda/function-metrics.ts'
import type { FunctionSinks, InvocationReport, LogLine } from '#local/lambda/sinks.ts'
import type { AccountRegistry } from './account-registry.ts'

export interface FunctionSinkOptions {
  readonly aws: Pick<InProcessAws, 'iam' | 'sqs' | 'cloudwatch'>
  readonly registry: AccountRegistry
  readonly region: string
  readonly accountId: string
  readonly onLog: (line: LogLine) => void
  readonly onReport: (report: InvocationReport) => void
}

export function createFunctionSinks({ aws, registry, region, accountId, onLog, onReport }: FunctionSinkOptions): FunctionSinks {
  function isAllowed({ role }: FunctionDefinition, permissions: readonly Permission[]): boolean {
    try {
      aws.iam.authoriseRole(role.arn, permissions, 'AccessDenied')
      return true
    } catch (error) {
      if (error instanceof ServiceFault) return false
      throw error
    }
  }
  return {
    mayLog(definition, logStream) {
      const group = `arn:aws:logs:${region}:${accountId}:log-group:${definition.logGroup}`
      if (!registry.logGroups.has(definition.logGroup)) {
        if (!isAllowed(definition, [{ action: 'logs:CreateLogGroup', resource: group }])) return false
        registry.logGroups.set(definition.logGroup, {})
      }
      const resource = `${group}:log-stream:${logStream}`
      return isAllowed(definition, [
        { action: 'logs:CreateLogStream', resource },
        { action: 'logs:PutLogEvents', resource },
      ])
    },
    onLog(line) {
      aws.cloudwatch.ingestLog(line.functionName, line.text)
      onLog(line)
    },
    onReport(report) {
      for (const sample of metricsOf(report)) aws.cloudwatch.publish({ region, ...sample })
      onReport(report)
    },
    sendToQueue({ role }, queueArn, body, attributes) {
      aws.iam.authoriseRole(role.arn, [{ action: 'sqs:SendMessage', resource: queueArn }], 'AccessDenied')
      if (!aws.sqs.send(queueArn, body, attributes)) throw new Error(`queue ${queueArn} does not exist`)
    },
  }
}
