// A task that invokes a Lambda function, with the rights of the machine's role.
// Source: Step Functions developer guide, "Invoke an AWS Lambda function with Step Functions" and "Handling errors in Step Functions workflows".
import { ACCOUNT_ID } from '../account.ts'
import type { Iam } from '../iam/iam.ts'
import { type Functions, functionName } from '../lambda/registry.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { TaskOutcome } from './worker/messages.ts'

export type LambdaTask = { readonly roleArn: string; readonly region: string; readonly input: unknown }

export async function invokeLambda(functions: Functions, iam: Iam, { roleArn, region, input }: LambdaTask): Promise<TaskOutcome> {
  const { FunctionName, Payload } = (input ?? {}) as { readonly FunctionName?: unknown; readonly Payload?: unknown }
  if (typeof FunctionName !== 'string') {
    return { kind: 'failed', error: 'States.Runtime', cause: `The Parameters have no FunctionName: ${JSON.stringify(input)}` }
  }
  const name = functionName(FunctionName)
  const known = functions.list().find((one) => one.functionName === name)
  const resource = known?.arn ?? `arn:aws:lambda:${region}:${ACCOUNT_ID}:function:${name}`
  try {
    iam.authoriseRole(roleArn, [{ action: 'lambda:InvokeFunction', resource }], 'AccessDeniedException')
    functions.find(name)
    const outcome = await functions.invoke({ functionName: name, payload: JSON.stringify(Payload ?? {}), type: 'RequestResponse' })
    if (outcome.functionError === undefined) {
      return { kind: 'succeeded', output: { ExecutedVersion: '$LATEST', Payload: JSON.parse(outcome.payload), StatusCode: 200 } }
    }
    // "The error name is the errorType, the cause is the error object as text."
    const { errorType = 'Lambda.Unknown' } = JSON.parse(outcome.payload) as { readonly errorType?: string }
    return { kind: 'failed', error: errorType, cause: outcome.payload }
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error
    return { kind: 'failed', error: errorName(error.code), cause: `${error.message} (Service: Lambda, Status Code: ${error.status})` }
  }
}

/** What Lambda refuses comes under its own name; what the role may not do, as Lambda's general exception. */
function errorName(code: string): string {
  return code === 'AccessDeniedException' ? 'Lambda.AWSLambdaException' : `Lambda.${code}`
}
