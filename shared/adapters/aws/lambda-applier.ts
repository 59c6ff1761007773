// Reaches the apply function by a synchronous invocation: what comes back is what became of each hostname.
import type { LambdaClient } from '@aws-sdk/client-lambda'
import { ApplyAnswer } from '#model/receipt.ts'
import type { Applier } from '#ports/applier.ts'
import { call } from './lambda-calls.ts'

/** Where apply fails as a whole, what it did before is found out by the next tick. */
export function lambdaApplier(client: LambdaClient, functionName: string): Applier {
  return { apply: async (request) => ApplyAnswer.parse(await call(client, functionName, request)) }
}
