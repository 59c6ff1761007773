// Reads and shows the targets of a rule.
// Source: EventBridge API reference, Target.
import { ServiceFault } from '../wire/service-fault.ts'
import type { Target } from './deliver.ts'

export type WireTarget = {
  readonly Id?: string
  readonly Arn?: string
  readonly RoleArn?: string
  readonly Input?: string
  readonly InputPath?: string
  readonly InputTransformer?: unknown
  readonly DeadLetterConfig?: { readonly Arn?: string }
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number }
}

export function readTarget(wire: WireTarget): Target {
  const { Id: id = '', Arn: arn = '' } = wire
  if (!/^[.\-\w]{1,64}$/.test(id)) throw new ServiceFault('ValidationException', `Target Id: 1 to 64 of [.-_A-Za-z0-9], seen '${id}'`)
  if (!arn.startsWith('arn:'))
    throw new ServiceFault('ValidationException', `Provided Arn is not in correct format. Reason: '${arn}' of target ${id}`)
  if (wire.InputTransformer !== undefined)
    throw new ServiceFault('NotImplemented', 'The in-process EventBridge has Input and InputPath, not InputTransformer', 501)
  return {
    id,
    arn,
    roleArn: wire.RoleArn,
    input: wire.Input,
    inputPath: wire.InputPath,
    deadLetterArn: wire.DeadLetterConfig?.Arn,
    maximumEventAgeSeconds: wire.RetryPolicy?.MaximumEventAgeInSeconds,
    maximumRetryAttempts: wire.RetryPolicy?.MaximumRetryAttempts,
  }
}

export function describeTarget(target: Target): WireTarget {
  const { maximumEventAgeSeconds: age, maximumRetryAttempts: attempts } = target
  return {
    Id: target.id,
    Arn: target.arn,
    ...(target.roleArn === undefined ? {} : { RoleArn: target.roleArn }),
    ...(target.input === undefined ? {} : { Input: target.input }),
    ...(target.inputPath === undefined ? {} : { InputPath: target.inputPath }),
    ...(target.deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: target.deadLetterArn } }),
    ...(age === undefined && attempts === undefined
      ? {}
      : {
          RetryPolicy: {
            ...(attempts === undefined ? {} : { MaximumRetryAttempts: attempts }),
            ...(age === undefined ? {} : { MaximumEventAgeInSeconds: age }),
          },
        }),
  }
}
