// Synthesises the CDK app in a process that ends afterwards: what the library takes goes back to the computer, which a thread's memory does not.
import { buildApp } from '#cdk/build-app.ts'
import type { SynthAnswer, SynthRequest } from './synthesise.ts'

process.once('message', ({ configuration, outdir }: SynthRequest) => {
  process.send?.(synthesised(configuration, outdir), () => process.disconnect())
})

function synthesised(configuration: SynthRequest['configuration'], outdir: string): SynthAnswer {
  try {
    buildApp({ configuration, outdir }).synth()
    return { error: undefined }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
