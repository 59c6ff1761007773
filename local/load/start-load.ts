// Starts the clients in a thread of their own.
import { Worker } from 'node:worker_threads'
import type { LocalClock, Release } from '#local/clock/local-clock.ts'
import { ThreadFailed } from '#local/world/thread-failed.ts'
import type { DemandStep, FromLoad, LoadCommand, LoadCounts, LoadSpec } from './load-spec.ts'
import type { LoadWorkerData } from './load-worker.ts'

export interface Load {
  /** Replaces the demand; times are of the clock. */
  setDemand(steps: readonly DemandStep[]): void
  counts(): Promise<LoadCounts>
  close(): Promise<void>
}

const HEAP_MEGABYTES = 128

/** While the clients cannot keep up with the clock it is held: a slow computer makes the story slower, and must not look like an outage. */
export function startLoad(spec: LoadSpec, clock: Pick<LocalClock, 'origin' | 'hold'>): Load {
  const workerData: LoadWorkerData = { spec, origin: clock.origin }
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), {
    workerData,
    name: 'clients',
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  })
  const waiting: ((counts: LoadCounts) => void)[] = []
  let release: Release | undefined
  worker.on('error', (cause) => {
    throw new ThreadFailed('the clients', cause)
  })
  worker.on('message', (message: FromLoad) => {
    if (message.kind === 'counts') {
      waiting.shift()?.(message.counts)
      return
    }
    release?.()
    release = message.isStrained ? clock.hold() : undefined
  })
  const post = (command: LoadCommand) => worker.postMessage(command)
  return {
    setDemand: (steps) => post({ kind: 'demand', steps }),
    counts: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        post({ kind: 'count' })
      }),
    async close() {
      release?.()
      await worker.terminate()
    },
  }
}
