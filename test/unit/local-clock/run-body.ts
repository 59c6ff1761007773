// A worker that runs the async function body it is given and posts the result: a file, because --import does not reach evaluated workers.
import { parentPort, workerData } from 'node:worker_threads'

const AsyncFunction = (async () => {}).constructor as new (body: string) => () => Promise<unknown>
// Timers that do not keep a thread alive must still get their turn.
parentPort?.on('message', () => {})
parentPort?.postMessage(await new AsyncFunction(workerData.body)())
