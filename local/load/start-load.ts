// Starts the clients in a thread of their own.
import { Worker } from 'node:worker_threads'
import type { ClockOrigin } from '#local/clock/shared-time.ts'
import type { DemandStep, FromLoad, LoadCommand, LoadCounts, LoadSpec } from './load-spec.ts'
import type { LoadWorkerData } from './load-worker.ts'

export interface Load {
  /** Replaces the demand; times are of the clock. */
  setDemand(steps: readonly DemandStep[]): void
  counts(): Promise<LoadCounts>
  close(): Promise<void>
}

const HEAP_MEGABYTES = 96

export function startLoad(spec: LoadSpec, origin: ClockOrigin): Load {
  const workerData: LoadWorkerData = { spec, origin }
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), {
    workerData,
    name: 'clients',
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  })
  const waiting: ((counts: LoadCounts) => void)[] = []
  worker.on('message', (message: FromLoad) => waiting.shift()?.(message.counts))
  const post = (command: LoadCommand) => worker.postMessage(command)
  return {
    setDemand: (steps) => post({ kind: 'demand', steps }),
    counts: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        post({ kind: 'count' })
      }),
    close: async () => void (await worker.terminate()),
  }
}
