// Runs state machines in a worker of its own, on the clock of the account. The worker starts with the first machine.
import { Worker } from 'node:worker_threads'
import type { AwsClock } from '../clock.ts'
import type { EngineEvent, EngineSettings, FromWorker, TaskOutcome, ToWorker } from './worker/messages.ts'

const PRELOAD = new URL('../../clock/preload.ts', import.meta.url).href
const PROGRAM = new URL('./worker/run-machines.ts', import.meta.url)

export type Task = { readonly executionArn: string; readonly stateName: string; readonly taskId: number; readonly input: unknown }

export type EngineListener = {
  onEvent(executionArn: string, event: EngineEvent): void
  /** Rejects only on a defect of this program. */
  onTask(task: Task): Promise<TaskOutcome>
  /** The worker broke: nothing that ran in it goes on. */
  onLost(error: Error): void
}

export type Engine = {
  /** Undefined, or what is wrong with the definition. */
  define(key: string, definition: unknown): Promise<string | undefined>
  start(key: string, executionArn: string, input: unknown, context: object): void
  /** No event of this execution comes any more; a task that runs is not called back. */
  stop(executionArn: string): void
  close(): Promise<void>
}

export function createEngine(clock: AwsClock, listener: EngineListener): Engine {
  const defining = new Map<string, (problem: string | undefined) => void>()
  let worker: Worker | undefined

  function open(): Worker {
    const settings: EngineSettings = { clockOrigin: clock.origin }
    const opened = new Worker(PROGRAM, {
      name: 'state machines',
      workerData: settings,
      execArgv: clock.origin === undefined ? [] : ['--import', PRELOAD],
      // It calls nothing by itself: no credentials, no endpoint, nobody's proxy.
      env: {},
    })
    opened.on('message', (message: FromWorker) => receive(message))
    opened.on('error', (error) => {
      worker = undefined
      for (const answer of defining.values()) answer(error.message)
      listener.onLost(error)
    })
    // An account that is not closed does not keep the process; its endpoint does.
    opened.unref()
    return opened
  }

  function post(message: ToWorker): void {
    worker ??= open()
    worker.postMessage(message)
  }

  function receive(message: FromWorker): void {
    switch (message.kind) {
      case 'defined':
        defining.get(message.key)?.(message.problem)
        defining.delete(message.key)
        return
      case 'event':
        listener.onEvent(message.executionArn, message.event)
        break
      case 'task': {
        const { taskId } = message
        listener.onTask(message).then(
          (outcome) => post({ kind: 'taskEnded', taskId, outcome }),
          (error: Error) => post({ kind: 'taskEnded', taskId, outcome: { kind: 'failed', error: 'States.Runtime', cause: error.message } }),
        )
        return
      }
      default:
        message satisfies never
    }
  }

  return {
    define(key, definition) {
      return new Promise((resolve) => {
        defining.set(key, resolve)
        post({ kind: 'define', key, definition })
      })
    },
    start: (key, executionArn, input, context) => post({ kind: 'start', key, executionArn, input, context }),
    stop: (executionArn) => post({ kind: 'stop', executionArn }),
    async close() {
      await worker?.terminate()
      worker = undefined
    },
  }
}
