// Reaches the apply function by a synchronous invocation: what comes back is what became of each hostname.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { ApplyAnswer } from '#model/receipt.ts'
import type { Applier } from '#ports/applier.ts'

const FunctionErrorPayload = z.object({ errorType: z.string().optional(), errorMessage: z.string() })

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
      if (FunctionError !== undefined) throw new ApplyFailed(`${functionName} ended with an error: ${sentenceOf(text)}`)
      return ApplyAnswer.parse(JSON.parse(text))
    },
  }
}

/** Lambda answers `{errorType, errorMessage, trace}`; the trace stands in the log of the function that failed. */
function sentenceOf(payload: string): string {
  const error = FunctionErrorPayload.safeParse(JSON.parse(payload))
  return error.success ? `${error.data.errorType ?? 'Error'}: ${error.data.errorMessage}` : payload
}
