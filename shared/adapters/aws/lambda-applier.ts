// Reaches the apply function by a synchronous invocation: what comes back is what became of each hostname.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { ApplyAnswer } from '#model/receipt.ts'
import type { Applier } from '#ports/applier.ts'

/** The apply function failed as a whole; what it did before is found out by the next tick. */
export class ApplyFailed extends Error {
  override readonly name = 'ApplyFailed'
}

export function lambdaApplier(client: LambdaClient, functionName: string): Applier {
  return {
    apply: async (request) => {
      const { Payload, FunctionError } = await client.send(
        new InvokeCommand({ FunctionName: functionName, InvocationType: 'RequestResponse', Payload: Buffer.from(JSON.stringify(request)) }),
      )
      const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8')
      if (FunctionError !== undefined) throw new ApplyFailed(`${functionName} ended with an error: ${text}`)
      return ApplyAnswer.parse(JSON.parse(text))
    },
  }
}
