// Synthesises the CDK app in a thread that ends afterwards: the library takes some 150 MB that nothing needs once the template is there.
import { parentPort, workerData } from 'node:worker_threads'
import { buildApp } from '#cdk/build-app.ts'
import type { SynthRequest } from './synthesise.ts'

const { configuration, outdir } = workerData as SynthRequest
buildApp({ configuration, outdir }).synth()
parentPort?.postMessage('done')
