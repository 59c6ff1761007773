// Runs in the worker of the engine: state machines on the clock of this thread. Tasks are carried out by the main thread, which asks the role first.
import { parentPort } from 'node:worker_threads'
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions'
import { HISTORY_LIMIT } from '../history.ts'
import type { EngineEvent, FromWorker, TaskOutcome, ToWorker } from './messages.ts'

if (parentPort === null) throw new Error('state machines run in a worker only')
const host = parentPort
const send = (message: FromWorker): void => host.postMessage(message)

type Run = { abort(): void; isOver: boolean }
type Input = Parameters<StateMachine['run']>[0]

// Each machine is made once: its validation blocks the thread for a quarter of a second.
const machines = new Map<string, { readonly machine: StateMachine; readonly tasks: readonly string[] }>()
const runs = new Map<string, Run>()
const waiting = new Map<number, (outcome: TaskOutcome) => void>()
let lastTaskId = 0

host.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'define':
      define(message.key, message.definition as StateMachineDefinition)
      break
    case 'start':
      start(message)
      break
    case 'stop':
      stop(message.executionArn)
      break
    case 'taskEnded':
      waiting.get(message.taskId)?.(message.outcome)
      waiting.delete(message.taskId)
      return
    default:
      message satisfies never
  }
})

function define(key: string, definition: StateMachineDefinition): void {
  try {
    // Function names of `lambda:invoke` stand in the parameters, which the validator does not read.
    const machine = new StateMachine(definition, { validationOptions: { checkArn: false } })
    const tasks = Object.entries(definition.States).flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : []))
    machines.set(key, { machine, tasks })
    send({ kind: 'defined', key })
  } catch (error) {
    send({ kind: 'defined', key, problem: error instanceof Error ? error.message : String(error) })
  }
}

function start({ key, executionArn, input, context }: Extract<ToWorker, { kind: 'start' }>): void {
  const found = machines.get(key)
  if (found === undefined) throw new Error(`no state machine ${key} was defined`)
  const run: Run = { abort: () => undefined, isOver: false }
  const handlers = Object.fromEntries(found.tasks.map((name) => [name, (given: unknown) => perform(run, executionArn, name, given)]))
  const { abort, result, eventLogs } = found.machine.run(input as Input, {
    overrides: { taskResourceLocalHandlers: handlers as never },
    noThrowOnAbort: true,
    context: context as never,
  })
  run.abort = abort
  runs.set(executionArn, run)
  // What it comes to stands in the events too, with the name of the error.
  result.catch(() => undefined)
  void tell(executionArn, eventLogs as AsyncGenerator<EngineEvent>)
}

/** The log is a queue that nobody else empties. */
async function tell(executionArn: string, events: AsyncGenerator<EngineEvent>): Promise<void> {
  let count = 0
  for await (const event of events) {
    send({ kind: 'event', executionArn, event })
    // A loop without a task or a wait never lets a message in: it would not hear that its history is full.
    if (++count > HISTORY_LIMIT) stop(executionArn)
  }
  const run = runs.get(executionArn)
  if (run !== undefined) run.isOver = true
  runs.delete(executionArn)
}

function stop(executionArn: string): void {
  const run = runs.get(executionArn)
  if (run === undefined) return
  run.isOver = true
  run.abort()
}

async function perform(run: Run, executionArn: string, stateName: string, input: unknown): Promise<unknown> {
  // Events that the engine has logged up to here come first.
  await new Promise((next) => setImmediate(next))
  // A retry that slept when the execution was stopped wakes up at once and would be carried out: it waits for ever instead.
  if (run.isOver) return new Promise(() => undefined)
  const taskId = ++lastTaskId
  const { promise, resolve } = Promise.withResolvers<TaskOutcome>()
  waiting.set(taskId, resolve)
  send({ kind: 'task', executionArn, taskId, stateName, input })
  const outcome = await promise
  if (run.isOver) return new Promise(() => undefined)
  if (outcome.kind === 'succeeded') return outcome.output
  // Retriers and catchers compare the name; the message becomes `Cause`, which for Lambda is the text of its error object.
  throw Object.assign(new Error(outcome.cause), { name: outcome.error })
}
