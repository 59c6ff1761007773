// AWS::Lambda::Permission (who may invoke) and AWS::Lambda::EventInvokeConfig (what becomes of events that fail).
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

/** Function properties take a name or an ARN. */
const functionNameOf = (nameOrArn: string): string => nameOrArn.split(':function:').at(-1)?.split(':')[0] ?? nameOrArn

const PermissionProperties = z.strictObject({
  FunctionName: z.string(),
  Action: z.literal('lambda:InvokeFunction'),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
})

export const lambdaPermission = resourceType<z.infer<typeof PermissionProperties>>({
  type: 'AWS::Lambda::Permission',
  properties: PermissionProperties,
  replacedBy: ['FunctionName', 'Action', 'Principal', 'SourceArn', 'SourceAccount'],
  async put({ properties, generatedName }, { registry }) {
    const functionName = functionNameOf(properties.FunctionName)
    const statements = registry.invokePermissions.get(functionName) ?? new Map()
    registry.invokePermissions.set(functionName, statements)
    const { Principal: principal, SourceArn: sourceArn, SourceAccount: sourceAccount } = properties
    statements.set(generatedName, { principal, sourceArn, sourceAccount })
    return { physicalId: generatedName, attributes: { Id: generatedName } }
  },
  async remove({ physicalId }, { FunctionName }, { registry }) {
    registry.invokePermissions.get(functionNameOf(FunctionName))?.delete(physicalId)
  },
})

const EventInvokeConfigProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2).default(2),
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(21_600).default(21_600),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() }).optional(),
})

export const lambdaEventInvokeConfig = resourceType<z.infer<typeof EventInvokeConfigProperties>>({
  type: 'AWS::Lambda::EventInvokeConfig',
  properties: EventInvokeConfigProperties,
  replacedBy: ['FunctionName', 'Qualifier'],
  async put({ properties, generatedName }, { host }) {
    host.setAsyncPolicy(functionNameOf(properties.FunctionName), {
      maximumRetryAttempts: properties.MaximumRetryAttempts,
      maximumEventAgeSeconds: properties.MaximumEventAgeInSeconds,
      onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
    })
    return { physicalId: generatedName, attributes: {} }
  },
  async remove(_made, { FunctionName }, { host }) {
    host.setAsyncPolicy(functionNameOf(FunctionName), undefined)
  },
})
