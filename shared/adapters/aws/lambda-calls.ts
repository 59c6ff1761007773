// A synchronous invocation of another function: its answer, or its error with its sentence.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod'

const FunctionErrorPayload = z.object({ errorType: z.string().optional(), errorMessage: z.string() })

/** The function that was called failed as a whole. */
export class CallFailed extends Error {
  override readonly name: string = 'CallFailed'
}

/** @returns what the function answered, parsed from JSON @throws CallFailed with the sentence of the function's error */
export async function call(client: LambdaClient, functionName: string, event: unknown, abortSignal?: AbortSignal): Promise<unknown> {
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({ FunctionName: functionName, InvocationType: 'RequestResponse', Payload: Buffer.from(JSON.stringify(event)) }),
    abortSignal === undefined ? {} : { abortSignal },
  )
  const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8')
  if (FunctionError !== undefined) throw new CallFailed(`${functionName} ended with an error: ${sentenceOf(text)}`)
  return JSON.parse(text)
}

/** Lambda answers `{errorType, errorMessage, trace}`; the trace stands in the log of the function that failed. */
function sentenceOf(payload: string): string {
  const error = FunctionErrorPayload.safeParse(JSON.parse(payload))
  return error.success ? `${error.data.errorType ?? 'Error'}: ${error.data.errorMessage}` : payload
}
