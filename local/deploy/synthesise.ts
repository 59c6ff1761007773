// Configuration → cloud assembly in a folder: the same app that is deployed to AWS.
import { Worker } from 'node:worker_threads'
import type { Configuration } from '#model/configuration.ts'

export interface SynthRequest {
  readonly configuration: Configuration
  readonly outdir: string
}

/** Rejects with the error of the synthesis, such as a handler that does not bundle. */
export function synthesise(request: SynthRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./synth-worker.ts', import.meta.url), { workerData: request, execArgv: [] })
    worker.once('message', () => resolve())
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the synthesis ended with exit status ${code} and without an assembly`)))
  })
}
