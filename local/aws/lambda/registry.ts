// Which functions exist, and who runs them.
import { ServiceFault } from '../wire/service-fault.ts'
import type { FunctionConfiguration, FunctionHost, FunctionRegistry, Invocation, InvocationOutcome } from './function-host.ts'

export type Functions = FunctionRegistry & {
  /** By name, ARN, or partial ARN, with or without a qualifier; throws ResourceNotFoundException. */
  find(nameOrArn: string): FunctionConfiguration
  invoke(invocation: Invocation): Promise<InvocationOutcome>
}

export function createFunctions(): Functions {
  const functions = new Map<string, FunctionConfiguration>()
  let host: FunctionHost | undefined
  return {
    register: (configuration) => void functions.set(configuration.functionName, configuration),
    list: () => [...functions.values()].sort((a, b) => (a.functionName < b.functionName ? -1 : 1)),
    setHost(given) {
      host = given
    },
    find(nameOrArn) {
      const name = functionName(nameOrArn)
      const found = functions.get(name)
      if (found === undefined) throw new ServiceFault('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404)
      return found
    },
    invoke(invocation) {
      if (host === undefined)
        throw new ServiceFault('ServiceException', `Nobody runs functions here: ${invocation.functionName} was not invoked`, 500)
      return host.invoke(invocation)
    },
  }
}

/** A name, a full ARN, or a partial one such as 123456789012:function:my-function, each with or without a version or alias (API reference, Invoke). */
export function functionName(nameOrArn: string): string {
  const afterFunction = /(?:^|:)function:(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn
  return afterFunction.split(':')[0] ?? afterFunction
}
