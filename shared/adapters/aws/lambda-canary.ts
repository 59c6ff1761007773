// How canary/step reaches the judge and rebalance.
import type { LambdaClient } from '@aws-sdk/client-lambda'
import { JudgeAnswer, PreflightAnswer } from '#model/canary-order.ts'
import type { TickEvent } from '#model/tick-event.ts'
import type { CanaryJudge, CanaryPreflight, Rebalancer } from '#ports/canary-judge.ts'
import { call } from './lambda-calls.ts'

export function lambdaJudge(client: LambdaClient, functionName: string): CanaryJudge {
  return { judge: async (task) => JudgeAnswer.parse(await call(client, functionName, task)) }
}

export function lambdaPreflight(client: LambdaClient, functionName: string): CanaryPreflight {
  return { preflight: async (task) => PreflightAnswer.parse(await call(client, functionName, task)) }
}

/** Waits for the answer: a canary's step is to be in the records when its task ends. */
export function lambdaRebalancer(client: LambdaClient, functionName: string, nowSeconds: () => number): Rebalancer {
  return {
    rebalance: async (hostname, execution) => {
      const event: TickEvent = { source: 'canary', time: nowSeconds(), hostname, execution }
      await call(client, functionName, event)
    },
  }
}
