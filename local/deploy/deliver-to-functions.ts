// Carries events of rules to Lambda functions, if the function lets the rule invoke it.
import type { Deliver } from '#local/aws/events/deliver.ts'
import type { FunctionHost } from '#local/aws/lambda/function-host.ts'
import { ServiceFault } from '#local/aws/wire/service-fault.ts'
import type { AccountRegistry, InvokePermission } from './account-registry.ts'

/** Rejects when the target is no function, or may not be invoked: EventBridge then uses the dead-letter queue of the target. */
export function deliverToFunctions(host: FunctionHost, { invokePermissions }: Pick<AccountRegistry, 'invokePermissions'>): Deliver {
  return async ({ ruleArn, target, payload }) => {
    const functionName = /^arn:aws:lambda:[^:]+:\d{12}:function:([^:]+)$/.exec(target.arn)?.[1]
    if (functionName === undefined) throw new ServiceFault('NO_RESOURCE', `target ${target.arn} is not a Lambda function`)
    const permissions = [...(invokePermissions.get(functionName)?.values() ?? [])]
    if (!permissions.some((permission) => isFor(permission, 'events.amazonaws.com', ruleArn))) {
      throw new ServiceFault('NO_PERMISSIONS', `${functionName} has no permission by which ${ruleArn} may invoke it`)
    }
    await host.invoke({ functionName, payload, type: 'Event' })
  }
}

/** The conditions a permission's source ARN and account stand for: ArnLike and StringEquals (Lambda API reference, AddPermission). */
function isFor({ principal, sourceArn, sourceAccount }: InvokePermission, service: string, source: string): boolean {
  if (principal !== service) return false
  if (sourceAccount !== undefined && source.split(':')[4] !== sourceAccount) return false
  if (sourceArn === undefined) return true
  const pattern = sourceArn
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${pattern}$`).test(source)
}
