// StartExecution, StopExecution, DescribeExecution, ListExecutions, GetExecutionHistory.
// Source: Step Functions API reference of each; Service Authorization Reference for the permissions.
import type { Operation } from '../wire/operation.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { Executions } from './executions.ts'
import { withoutData } from './history.ts'
import type { Execution } from './machine.ts'
import type { Machines } from './machines.ts'
import { checkedArn } from './names.ts'
import { type PageInput, page } from './page.ts'

type Input = PageInput & {
  readonly stateMachineArn?: string
  readonly executionArn?: string
  readonly name?: string
  readonly input?: string
  readonly error?: string
  readonly cause?: string
  readonly statusFilter?: string
  readonly reverseOrder?: boolean
  readonly includeExecutionData?: boolean
}

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']
/** API reference, StopExecution. */
const LONGEST = { error: 256, cause: 32_768 } as const

export function executionOperations(machines: Machines, executions: Executions): Record<string, Operation<Input>> {
  const onMachine = (action: string) => (input: Input) => [{ action: `states:${action}`, resource: machineOf(input) }]
  const onExecution = (action: string) => (input: Input) => [{ action: `states:${action}`, resource: executionOf(input) }]
  return {
    StartExecution: {
      permissions: onMachine('StartExecution'),
      run(input) {
        const execution = executions.start(machines.get(machineOf(input)), input.name, input.input)
        return { executionArn: execution.arn, startDate: dateOf(execution.startSeconds) }
      },
    },
    StopExecution: {
      permissions: onExecution('StopExecution'),
      run(input) {
        for (const [member, longest] of Object.entries(LONGEST) as ['error' | 'cause', number][]) {
          if ((input[member]?.length ?? 0) > longest)
            throw new ServiceFault('ValidationException', `${member}: at most ${longest} characters`)
        }
        const execution = executions.get(executionOf(input))
        executions.stop(execution, input.error, input.cause)
        // Of an execution that had ended already it is the date at which it did: nothing is stopped twice.
        return { stopDate: dateOf(execution.stopSeconds) }
      },
    },
    DescribeExecution: {
      permissions: onExecution('DescribeExecution'),
      run(input) {
        const execution = executions.get(executionOf(input))
        const { input: given, output, error, cause } = execution
        return {
          ...summary(execution),
          ...{ input: given, inputDetails: { included: true } },
          ...(output === undefined ? {} : { output, outputDetails: { included: true } }),
          ...{ error, cause },
        }
      },
    },
    ListExecutions: {
      permissions: onMachine('ListExecutions'),
      run(input) {
        const { statusFilter } = input
        if (statusFilter !== undefined && !STATUSES.includes(statusFilter))
          throw new ServiceFault('ValidationException', `statusFilter: one of ${STATUSES.join(', ')}, seen '${statusFilter}'`)
        const all = executions.of(machines.get(machineOf(input)).arn)
        const { items, rest } = page(
          all.filter(({ status }) => statusFilter === undefined || status === statusFilter),
          input,
        )
        return { executions: items.map(summary), ...rest }
      },
    },
    GetExecutionHistory: {
      permissions: onExecution('GetExecutionHistory'),
      run(input) {
        const { history } = executions.get(executionOf(input))
        const { items, rest } = page(input.reverseOrder === true ? history.toReversed() : history, input)
        return { events: input.includeExecutionData === false ? items.map(withoutData) : items, ...rest }
      },
    },
  }
}

const machineOf = ({ stateMachineArn }: Input): string => checkedArn(stateMachineArn, 'stateMachine')
const executionOf = ({ executionArn }: Input): string => checkedArn(executionArn, 'execution')

const dateOf = (seconds: number | undefined): Date | undefined => (seconds === undefined ? undefined : new Date(seconds * 1000))

function summary({ arn, machineArn, name, status, startSeconds, stopSeconds }: Execution) {
  return {
    ...{ executionArn: arn, stateMachineArn: machineArn, name, status, startDate: dateOf(startSeconds) },
    ...(stopSeconds === undefined ? {} : { stopDate: dateOf(stopSeconds) }),
  }
}
