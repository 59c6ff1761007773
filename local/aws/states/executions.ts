// The executions of the account: they begin, tell their history, run tasks with the role of their machine, and end.
// Source: Step Functions API reference, StartExecution and StopExecution.

import type { AwsClock } from '../clock.ts'
import type { EventBus } from '../events/bus.ts'
import type { Iam } from '../iam/iam.ts'
import { uuidFrom } from '../identifier.ts'
import type { Functions } from '../lambda/registry.ts'
import { ServiceFault } from '../wire/service-fault.ts'
import type { MachineText } from './definition-rules.ts'
import { createEngine, type Engine, type Task } from './engine.ts'
import * as history from './history.ts'
import { invokeLambda } from './invoke-lambda.ts'
import type { Execution, ExecutionStatus, Machine } from './machine.ts'
import { checkedName, executionArn } from './names.ts'
import { statusChange } from './status-change.ts'
import type { EngineEvent, TaskOutcome } from './worker/messages.ts'

export type Executions = {
  readonly define: Engine['define']
  /** @throws ServiceFault ExecutionAlreadyExists, InvalidName, InvalidExecutionInput, StateMachineDeleting */
  start(machine: Machine, name: string | undefined, input: string | undefined): Execution
  /** What has ended stays as it is. */
  stop(execution: Execution, error: string | undefined, cause: string | undefined): void
  /** @throws ServiceFault ExecutionDoesNotExist */
  get(arn: string): Execution
  /** The most recent first. */
  of(machineArn: string): Execution[]
  close(): Promise<void>
}

export type ExecutionParts = { readonly clock: AwsClock; readonly iam: Iam; readonly functions: Functions; readonly bus: EventBus }

/** "Maximum input or output size for a task, state, or execution: 256 KiB of data as a UTF-8 encoded string" (developer guide, quotas). */
const LARGEST_INPUT_BYTES = 262_144

type Running = { readonly execution: Execution; readonly definition: MachineText; openTask: number | undefined }

export function createExecutions({ clock, iam, functions, bus }: ExecutionParts): Executions {
  const executions = new Map<string, Execution>()
  const running = new Map<string, Running>()
  const engine = createEngine(clock, { onEvent, onTask, onLost })

  function record(run: Running, details: Parameters<typeof history.append>[2]): void {
    history.append(run.execution.history, clock.nowSeconds(), details)
    if (run.execution.history.length < history.HISTORY_LIMIT - 1) return
    engine.stop(run.execution.arn)
    end(run, 'FAILED', {
      error: 'States.Runtime',
      cause: `The execution reached the maximum number of history events (${history.HISTORY_LIMIT}).`,
    })
  }

  function end(run: Running, status: Exclude<ExecutionStatus, 'RUNNING'>, how: Pick<Execution, 'output' | 'error' | 'cause'>): void {
    const { execution } = run
    if (!running.delete(execution.arn)) return
    Object.assign(execution, { status, stopSeconds: clock.nowSeconds(), ...how })
    const last =
      status === 'SUCCEEDED' ? history.executionSucceeded(how.output ?? '') : history.executionEnded(status, how.error, how.cause)
    history.append(execution.history, clock.nowSeconds(), last)
    bus.put(statusChange(execution))
  }

  function onEvent(arn: string, event: EngineEvent): void {
    const run = running.get(arn)
    if (run === undefined) return
    switch (event.type) {
      case 'StateEntered':
        record(run, history.stateEntered(event.state))
        break
      case 'StateExited':
        record(run, history.stateExited(event.state))
        break
      case 'StateFailed':
        // A task that is still open has not answered: the engine gave it up.
        if (run.openTask !== undefined && event.Error === 'States.Timeout') {
          run.openTask = undefined
          record(run, history.taskTimedOut())
        }
        return
      case 'ExecutionSucceeded':
        end(run, 'SUCCEEDED', { output: JSON.stringify(event.output) })
        break
      case 'ExecutionFailed':
        end(run, 'FAILED', {
          error: event.Error,
          cause: typeof event.Cause === 'string' ? event.Cause : JSON.stringify(event.Cause),
        })
        break
      case 'ExecutionTimeout':
        end(run, 'TIMED_OUT', { error: 'States.Timeout' })
        break
      case 'ExecutionStarted':
      case 'StateRetried':
      case 'StateCaught':
      case 'ExecutionAborted':
        return
      default:
        event satisfies never
    }
  }

  async function onTask({ executionArn: arn, stateName, taskId, input }: Task): Promise<TaskOutcome> {
    const run = running.get(arn)
    // It was stopped in this moment; the engine no longer listens.
    if (run === undefined) return { kind: 'failed', error: 'States.TaskFailed', cause: 'the execution has ended' }
    const { execution, definition } = run
    const timeout = definition.States[stateName]?.TimeoutSeconds
    record(run, history.taskScheduled(execution.region, input, typeof timeout === 'number' ? timeout : undefined))
    record(run, history.taskStarted())
    run.openTask = taskId
    const outcome = await invokeLambda(functions, iam, { roleArn: execution.roleArn, region: execution.region, input })
    if (run.openTask === taskId && running.has(arn)) {
      run.openTask = undefined
      record(run, history.taskEnded(outcome))
    }
    return outcome
  }

  function onLost(error: Error): void {
    console.error('in-process Step Functions: the worker of the state machines broke', error)
    for (const run of [...running.values()]) end(run, 'FAILED', { error: 'States.Runtime', cause: error.message })
  }

  return {
    define: engine.define,
    start(machine, givenName, input = '{}') {
      if (machine.status === 'DELETING') throw new ServiceFault('StateMachineDeleting', `State Machine is being deleted: '${machine.arn}'`)
      const name =
        givenName === undefined ? uuidFrom(`execution ${executions.size} ${machine.arn} ${clock.nowSeconds()}`) : checkedName(givenName)
      const value = readInput(input)
      const arn = executionArn(machine, name)
      const existing = executions.get(arn)
      if (existing !== undefined) {
        // "If you call StartExecution with the same name and input as a running execution, the call succeeds and return the same response as the
        // original request. If the execution is closed or if the input is different, it returns a 400 ExecutionAlreadyExists error."
        if (existing.status === 'RUNNING' && existing.input === input) return existing
        throw new ServiceFault('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`)
      }
      const { roleArn, definition } = machine.settings
      const startSeconds = clock.nowSeconds()
      const { region, arn: machineArn } = machine
      const execution: Execution = { name, arn, machineArn, roleArn, region, input, startSeconds, status: 'RUNNING', history: [] }
      const run: Running = { execution, definition: JSON.parse(definition) as MachineText, openTask: undefined }
      executions.set(arn, execution)
      running.set(arn, run)
      record(run, history.executionStarted(input, roleArn))
      const context = {
        Execution: { Id: arn, Name: name, RoleArn: roleArn, StartTime: new Date(startSeconds * 1000).toISOString() },
        StateMachine: { Id: machineArn, Name: machine.name },
      }
      engine.start(machine.engineKey, arn, value, context)
      bus.put(statusChange(execution))
      return execution
    },
    stop(execution, error, cause) {
      const run = running.get(execution.arn)
      if (run === undefined) return
      engine.stop(execution.arn)
      end(run, 'ABORTED', { error, cause })
    },
    get(arn) {
      const found = executions.get(arn)
      if (found === undefined) throw new ServiceFault('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`)
      return found
    },
    of: (machineArn) => [...executions.values()].filter((one) => one.machineArn === machineArn).toReversed(),
    close: () => engine.close(),
  }
}

function readInput(input: unknown): unknown {
  if (typeof input === 'string' && Buffer.byteLength(input) <= LARGEST_INPUT_BYTES) {
    try {
      return JSON.parse(input)
    } catch (error) {
      throw new ServiceFault('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`)
    }
  }
  throw new ServiceFault(
    'InvalidExecutionInput',
    `Invalid State Machine Execution Input: a JSON text of at most ${LARGEST_INPUT_BYTES} bytes`,
  )
}
