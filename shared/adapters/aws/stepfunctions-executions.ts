// Executions as Step Functions describes them.
import { DescribeExecutionCommand, ExecutionDoesNotExist, InvalidArn, type SFNClient } from '@aws-sdk/client-sfn'
import type { Executions } from '#ports/executions.ts'

/** Step Functions forgets an execution 90 days after its end (developer guide, quotas); a name that is no ARN never ran there. */
export function stepfunctionsExecutions(client: SFNClient): Executions {
  return {
    async endOf(executionArn) {
      try {
        const { status = 'RUNNING', error, cause } = await client.send(new DescribeExecutionCommand({ executionArn }))
        // A redriven one runs again as soon as it can.
        if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return undefined
        const why = [error, cause].filter(Boolean).join(', ')
        return why === '' ? status : `${status}: ${why}`
      } catch (thrown) {
        if (thrown instanceof ExecutionDoesNotExist || thrown instanceof InvalidArn) return 'Step Functions does not know it'
        throw thrown
      }
    },
  }
}
