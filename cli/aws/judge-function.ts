// Asks the read-only judge what a start would be told now. That it cannot be asked is an answer, too: the rest can be shown without it.
import type { LambdaClient } from '@aws-sdk/client-lambda'
import { lambdaCheckReader } from '#adapters/aws/lambda-check-reader.ts'
import { missingChecks } from '#canary/gate.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { CommandFailure } from '#cli/failure.ts'
import type { PreflightReply } from '#cli/session.ts'
import { PreflightAnswer, type PreflightTask } from '#model/canary-order.ts'
import { awsFailure } from './aws-failure.ts'
import { askFunction } from './rebalance-function.ts'

/** Longer than the function may run, and a cold start. */
const LIMIT_SECONDS = 60

/** @param functions that the strategy asks at its gates: whether they exist is looked at with the caller's own credentials @throws what is a mistake of this program */
export async function askPreflight(
  client: LambdaClient,
  functionName: string,
  task: PreflightTask,
  functions: readonly string[] = [],
  limitSeconds = LIMIT_SECONDS,
): Promise<PreflightReply> {
  const limit = AbortSignal.timeout(limitSeconds * 1000)
  try {
    const [reply, missing] = await Promise.all([
      askFunction(client, functionName, task, PreflightAnswer, limit),
      lambdaCheckReader(client).missing(functions),
    ])
    if (reply.kind !== 'answered') return notAsked(functionName, EXIT.refused, 'refused', reply.objections.join('; '))
    return { kind: 'answered', answer: { ...reply.answer, reasons: [...reply.answer.reasons, ...missingChecks(missing)] } }
  } catch (error) {
    if (limit.aborted) return notAsked(functionName, EXIT.aws, 'unreachable', `no answer within ${limitSeconds} s`)
    const failure = awsFailure(error)
    if (!(failure instanceof CommandFailure)) throw failure
    return { kind: 'notAsked', failure }
  }
}

function notAsked(place: string, exitCode: typeof EXIT.refused | typeof EXIT.aws, code: string, seen: string): PreflightReply {
  const mend = `Try again; its log is aws logs tail /aws/lambda/${place} --since 10m.`
  return { kind: 'notAsked', failure: new CommandFailure(exitCode, { code, place, seen, allowed: 'an answer', mend }) }
}
