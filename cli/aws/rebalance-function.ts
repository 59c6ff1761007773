// Asks a function of the controller on behalf of an operator. The command line itself never writes: one door, one set of checks, one journal.
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { Answer } from '#cli/answer.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { CommandFailure } from '#cli/failure.ts'
import type { OperatorEvent, Reply } from '#cli/session.ts'

/** Lambda developer guide, "Node.js function errors". */
const FunctionFailure = z.object({ errorType: z.string().default('Error'), errorMessage: z.string().default('') })

export async function askRebalance(client: LambdaClient, functionName: string, event: OperatorEvent): Promise<Reply> {
  return askFunction(client, functionName, event, Answer)
}

/** What it objects to in an event is an answer; anything else is a failure. @throws CommandFailure when the function ended with an error of its own */
export async function askFunction<A>(
  client: LambdaClient,
  functionName: string,
  event: object,
  schema: z.ZodType<A>,
  abortSignal?: AbortSignal,
): Promise<{ kind: 'answered'; answer: A } | { kind: 'refused'; objections: readonly string[] }> {
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({ FunctionName: functionName, InvocationType: 'RequestResponse', Payload: JSON.stringify(event) }),
    abortSignal === undefined ? {} : { abortSignal },
  )
  // Where there is no body the SDK gives null, whatever its type says.
  const text = Payload instanceof Uint8Array ? new TextDecoder().decode(Payload) : ''
  if (FunctionError !== undefined) {
    const { errorType, errorMessage } = FunctionFailure.parse(JSON.parse(text))
    if (errorType === 'BadEvent') return { kind: 'refused', objections: errorMessage.split('\n') }
    throw broken(functionName, `${errorType}: ${errorMessage}`)
  }
  const parsed = schema.safeParse(jsonOf(text))
  if (!parsed.success) throw broken(functionName, `an answer that this version cannot read: ${z.prettifyError(parsed.error)}`)
  return { kind: 'answered', answer: parsed.data }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function broken(functionName: string, seen: string): CommandFailure {
  const mend = `Read its log: aws logs tail /aws/lambda/${functionName} --since 10m. The weights in Route 53 go on as they stand.`
  return new CommandFailure(EXIT.broken, { code: 'function-failed', place: functionName, seen, allowed: 'an answer', mend })
}
