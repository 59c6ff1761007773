// Runs in the worker of one execution environment: loads the unmodified bundle, then handles one invocation after another.
import { parentPort, workerData } from 'node:worker_threads'
import { toErrorPayload } from '../error-payload.ts'
import { installLambdaConsole } from './lambda-console.ts'
import { type Handler, loadHandler } from './load-handler.ts'
import type { InvokeMessage, WorkerMessage, WorkerSettings } from './messages.ts'

if (parentPort === null) throw new Error('the runtime of a function runs in a worker only')
const host = parentPort
const { taskRoot, handler: handlerName } = workerData as WorkerSettings
const send = (message: WorkerMessage): void => host.postMessage(message)

// Through the same port as the answer, so that no line of an invocation comes after its end.
for (const stream of ['stdout', 'stderr'] as const) {
  process[stream].write = ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    send({ kind: 'output', stream, text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8') })
    const callback = typeof encoding === 'function' ? encoding : done
    if (typeof callback === 'function') queueMicrotask(() => callback())
    return true
  }) as typeof process.stdout.write
}

const lambdaConsole = installLambdaConsole(process.env.AWS_LAMBDA_LOG_FORMAT, process.env.AWS_LAMBDA_LOG_LEVEL)

// Lambda reports what nobody caught and gives up the environment.
process.on('uncaughtException', (error) => send({ kind: 'failed', error: toErrorPayload(error), isFatal: true }))
process.on('unhandledRejection', (reason) => {
  const error = toErrorPayload(reason, 'Runtime.UnhandledPromiseRejection')
  const name = reason instanceof Error ? `${reason.name}: ` : ''
  send({ kind: 'failed', error: { ...error, errorMessage: name + error.errorMessage }, isFatal: true })
})

/** Source: Lambda developer guide, "Using the Lambda context object to retrieve Node.js function information". */
function contextOf({ requestId, invokedFunctionArn, deadlineMillis }: InvokeMessage) {
  const { env } = process
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: requestId,
    invokedFunctionArn,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineMillis - Date.now())),
  }
}

async function handle(handler: Handler, message: InvokeMessage): Promise<void> {
  lambdaConsole.begin(message.requestId)
  try {
    const answer = await handler(JSON.parse(message.payload), contextOf(message))
    send({ kind: 'answered', payload: JSON.stringify(answer === undefined ? null : answer) })
  } catch (error) {
    send({ kind: 'failed', error: toErrorPayload(error), isFatal: false })
  }
}

try {
  const handler = await loadHandler(taskRoot, handlerName)
  host.on('message', (message: InvokeMessage) => void handle(handler, message))
  send({ kind: 'ready' })
} catch (error) {
  send({ kind: 'initFailed', error: toErrorPayload(error) })
}
