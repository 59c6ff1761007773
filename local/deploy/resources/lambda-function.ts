// AWS::Lambda::Function: its asset becomes workers, its configuration is known to the in-process Lambda.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import type { FunctionDefinition } from '#local/lambda/function-definition.ts'
import type { DeploymentContext } from '../deployment-context.ts'
import { resourceType } from '../resource-type.ts'

const Properties = z.strictObject({
  FunctionName: z.string().optional(),
  Description: z.string().optional(),
  Runtime: z.string().startsWith('nodejs', 'a Node.js runtime: others do not run here'),
  Handler: z.string(),
  Code: z.union([z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }), z.strictObject({ ZipFile: z.string() })]),
  Role: z.string(),
  /** The code is JavaScript: it runs on any. */
  Architectures: z.unknown().optional(),
  Timeout: z.coerce.number().int().min(1).max(900).default(3),
  MemorySize: z.coerce.number().int().min(128).max(10_240).default(128),
  ReservedConcurrentExecutions: z.coerce.number().int().min(0).optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()) }).optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string() }).optional(),
  LoggingConfig: z
    .strictObject({
      LogFormat: z.enum(['Text', 'JSON']).optional(),
      LogGroup: z.string().optional(),
      ApplicationLogLevel: z.string().optional(),
      SystemLogLevel: z.string().optional(),
    })
    .optional(),
  /** No traces are taken here. */
  TracingConfig: z.unknown().optional(),
  Tags: z.unknown().optional(),
})

export const lambdaFunction = resourceType<z.infer<typeof Properties>>({
  type: 'AWS::Lambda::Function',
  properties: Properties,
  replacedBy: ['FunctionName'],
  async put({ properties, existing, generatedName }, context) {
    const functionName = existing?.physicalId ?? properties.FunctionName ?? generatedName.slice(0, 64)
    const functionArn = `arn:aws:lambda:${context.region}:${context.accountId}:function:${functionName}`
    const definition: FunctionDefinition = {
      functionName,
      functionArn,
      handler: properties.Handler,
      runtime: properties.Runtime,
      taskRoot: taskRootOf(properties.Code, context),
      environment: properties.Environment?.Variables ?? {},
      memoryMegabytes: properties.MemorySize,
      timeoutSeconds: properties.Timeout,
      reservedConcurrency: properties.ReservedConcurrentExecutions,
      logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`,
      logFormat: properties.LoggingConfig?.LogFormat ?? 'Text',
      logLevel: properties.LoggingConfig?.ApplicationLogLevel,
      deadLetterArn: properties.DeadLetterConfig?.TargetArn,
      role: context.registry.assumedBy('lambda.amazonaws.com', properties.Role, functionName),
    }
    await context.host.register(definition)
    context.functions.register({
      functionName,
      arn: functionArn,
      roleArn: properties.Role,
      runtime: properties.Runtime,
      handler: properties.Handler,
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      environment: definition.environment,
    })
    return { physicalId: functionName, attributes: { Arn: functionArn } }
  },
  async remove({ physicalId }, _properties, { host, registry }) {
    registry.invokePermissions.delete(physicalId)
    await host.remove(physicalId)
  },
})

function taskRootOf(code: z.infer<typeof Properties>['Code'], context: DeploymentContext): string {
  if ('S3Key' in code) return context.assetFolder(code.S3Key)
  // Inline code of a Node.js function becomes a file named index.js (CloudFormation reference, AWS::Lambda::Function Code, ZipFile).
  const folder = mkdtempSync(join(tmpdir(), 'sluice-inline-'))
  writeFileSync(join(folder, 'index.js'), code.ZipFile)
  return folder
}
