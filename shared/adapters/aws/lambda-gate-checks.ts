// A check at a gate is a Lambda function of somebody else, asked synchronously and for so long as its strategy says.
import type { LambdaClient } from '@aws-sdk/client-lambda'
import { CheckAnswer } from '#model/gate-check.ts'
import type { GateChecks } from '#ports/gate-checks.ts'
import { call } from './lambda-calls.ts'

export function lambdaGateChecks(client: LambdaClient): GateChecks {
  return {
    ask: async ({ function: name, timeoutSeconds }, question) => {
      const answer = CheckAnswer.safeParse(await call(client, name, question, AbortSignal.timeout(timeoutSeconds * 1000)))
      if (!answer.success) throw new TypeError(`${name} answered something else than {"allow": true or false, "reason": "…"}`)
      return answer.data
    },
  }
}
