// Starts the executions that run canaries, and tells what became of a start.
import { DescribeExecutionCommand, ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import * as z from 'zod'
import { type CanaryStart, TaskAnswer } from '#model/canary-order.ts'
import { executionName } from '#model/execution-name.ts'

export type ExecutionState = {
  readonly status: 'RUNNING' | 'ended'
  /** What the last task said; undefined while it runs, and when it failed. */
  readonly answer: TaskAnswer | undefined
  /** Why it failed. */
  readonly failure: string | undefined
}

export interface CanaryExecutions {
  /** The same start while it runs is the same execution; otherwise the first free attempt. @returns its ARN */
  start(start: CanaryStart): Promise<string>
  look(execution: string): Promise<ExecutionState>
}

/** A name is free again after 90 days (Step Functions API reference, StartExecution). */
const MOST_ATTEMPTS = 200

const Output = z.object({ canary: TaskAnswer.loose() })

export function stepfunctionsCanaries(client: SFNClient, stateMachineArn: string): CanaryExecutions {
  return {
    async start(start) {
      const input = JSON.stringify(start)
      for (let attempt = 1; ; attempt++) {
        try {
          const name = executionName(start, attempt)
          const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn, name, input }))
          return executionArn
        } catch (error) {
          if (!(error instanceof ExecutionAlreadyExists) || attempt >= MOST_ATTEMPTS) throw error
        }
      }
    },
    async look(executionArn) {
      const { status, output, error, cause } = await client.send(new DescribeExecutionCommand({ executionArn }))
      if (status === 'RUNNING') return { status, answer: undefined, failure: undefined }
      const answer = output === undefined ? undefined : Output.safeParse(JSON.parse(output)).data?.canary
      const failure = answer === undefined ? [status, error, cause].filter(Boolean).join(': ') : undefined
      return { status: 'ended', answer, failure }
    },
  }
}
