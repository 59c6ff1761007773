// Whether the functions that strategies name as checks exist: looked at without running them.
import { GetFunctionConfigurationCommand, type LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda'
import type { CheckReader } from '#ports/gate-checks.ts'

export function lambdaCheckReader(client: LambdaClient): CheckReader {
  return {
    missing: async (functions) => {
      const looked = await Promise.all(functions.map(async (name) => ((await isThere(client, name)) ? [] : [name])))
      return looked.flat()
    },
  }
}

async function isThere(client: LambdaClient, name: string): Promise<boolean> {
  try {
    await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }))
    return true
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false
    // Another account may allow to invoke its function and no more: such a one is met at its gate.
    if (error instanceof Error && error.name === 'AccessDeniedException' && name.startsWith('arn:')) return true
    throw error
  }
}
