// Configuration → cloud assembly in a folder: the same app that is deployed to AWS.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Configuration } from '#model/configuration.ts'

export interface SynthRequest {
  readonly configuration: Configuration
  readonly outdir: string
}

export type SynthAnswer = { readonly error: string | undefined }

const PROCESS = fileURLToPath(new URL('./synth-process.ts', import.meta.url))

/** Rejects with the error of the synthesis, such as a handler that does not bundle. */
export function synthesise(request: SynthRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(PROCESS, { execArgv: [] })
    child.once('message', ({ error }: SynthAnswer) => (error === undefined ? resolve() : reject(new Error(error))))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the synthesis ended with exit status ${code} and without an assembly`)))
    child.send(request)
  })
}
