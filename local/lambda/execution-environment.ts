// One execution environment: a worker thread with the bundle of one function, which takes one invocation at a time.
import { Worker } from 'node:worker_threads'
import type { LocalClock } from '#local/clock/local-clock.ts'
import { type EndpointSettings, environmentVariables } from './environment-variables.ts'
import { type ErrorPayload, sandboxError } from './error-payload.ts'
import type { FunctionDefinition } from './function-definition.ts'
import type { InvokeMessage, WorkerMessage, WorkerSettings } from './worker/messages.ts'

const PRELOAD = new URL('../clock/preload.ts', import.meta.url).href
const RUNTIME = new URL('./worker/runtime.ts', import.meta.url)

export type ExecutionOutcome =
  | { readonly kind: 'answered'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: Omit<ErrorPayload, 'trace'> }

export interface ExecutionEnvironment {
  /** Settles when the bundle is loaded, or has failed to: the next invocation then answers that error. */
  readonly initialised: Promise<void>
  /** Whether it can take another invocation, now or after the present one. */
  readonly isAlive: boolean
  /** Initialises if need be; never rejects. The time-out begins after the initialisation. */
  execute(requestId: string, payload: string): Promise<ExecutionOutcome>
  terminate(): Promise<void>
}

export interface EnvironmentOptions {
  readonly definition: FunctionDefinition
  readonly clock: LocalClock
  readonly endpoint: EndpointSettings
  readonly logStream: string
  /** Text as the function wrote it; it need not end with a line. */
  onOutput(stream: 'stdout' | 'stderr', text: string): void
}

/** Starts the worker at once. */
export function startExecutionEnvironment({ definition, clock, endpoint, logStream, onOutput }: EnvironmentOptions): ExecutionEnvironment {
  const settings: WorkerSettings = { clockOrigin: clock.origin, taskRoot: definition.taskRoot, handler: definition.handler }
  const worker = new Worker(RUNTIME, {
    name: definition.functionName,
    workerData: settings,
    env: environmentVariables(definition, endpoint, logStream),
    // NODE_OPTIONS of the template reaches the worker through its environment; options of a whole process are refused by Node there.
    execArgv: ['--import', PRELOAD],
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMegabytes },
  })
  let end: { errorType: string; what: string } | undefined
  let initFailure: ErrorPayload | undefined
  let settle: ((outcome: ExecutionOutcome) => void) | undefined
  let requestId = ''
  const initialised = Promise.withResolvers<void>()

  function fail(error: Omit<ErrorPayload, 'trace'>): void {
    settle?.({ kind: 'failed', error })
  }
  function die(errorType: string, what: string): void {
    end ??= { errorType, what }
    initialised.resolve()
    fail(sandboxError(end.errorType, requestId, end.what))
  }

  worker.on('message', (message: WorkerMessage) => {
    switch (message.kind) {
      case 'ready':
        return initialised.resolve()
      case 'initFailed':
        initFailure = message.error
        return initialised.resolve()
      case 'output':
        return onOutput(message.stream, message.text)
      case 'answered':
        return settle?.({ kind: 'answered', payload: message.payload })
      case 'failed':
        fail(message.error)
        if (message.isFatal) {
          die(message.error.errorType, message.error.errorMessage)
          void worker.terminate()
        }
        return
      default:
        message satisfies never
    }
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    die(
      isOutOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError',
      isOutOfMemory ? 'Runtime exited with error: signal: killed' : error.message,
    )
  })
  worker.on('exit', (code) => die('Runtime.ExitError', `Runtime exited with error: exit status ${code}`))

  async function execute(id: string, payload: string): Promise<ExecutionOutcome> {
    requestId = id
    await initialised.promise
    if (initFailure !== undefined) {
      const { error } = { error: initFailure }
      die(error.errorType, error.errorMessage)
      void worker.terminate()
      return { kind: 'failed', error }
    }
    if (end !== undefined) return { kind: 'failed', error: sandboxError(end.errorType, id, end.what) }
    const { promise, resolve } = Promise.withResolvers<ExecutionOutcome>()
    settle = resolve
    const { timeoutSeconds } = definition
    const message: InvokeMessage = {
      requestId: id,
      payload,
      invokedFunctionArn: definition.functionArn,
      deadlineMillis: (clock.nowSeconds() + timeoutSeconds) * 1000,
    }
    const cancelTimeout = clock.setTimeout(() => {
      die('Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`)
      void worker.terminate()
    }, timeoutSeconds)
    worker.postMessage(message)
    const outcome = await promise
    cancelTimeout()
    settle = undefined
    return outcome
  }

  return {
    initialised: initialised.promise,
    get isAlive() {
      return end === undefined
    },
    execute,
    async terminate() {
      die('Runtime.ExitError', 'the environment was shut down')
      await worker.terminate()
    },
  }
}
