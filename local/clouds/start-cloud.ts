// Starts one simulated cloud in a thread of its own and speaks with it.
import { Worker } from 'node:worker_threads'
import type { ClockOrigin } from '#local/clock/shared-time.ts'
import { ThreadFailed } from '#local/world/thread-failed.ts'
import type { CloudCommand, CloudQuestion, CloudSpec, CloudState, FromCloud, MinuteCounts, ToCloud } from './cloud-spec.ts'
import type { CloudWorkerData } from './cloud-worker.ts'

export interface Cloud {
  readonly provider: string
  /** The loopback port of its ingress. */
  readonly port: number
  /** The loopback ports of its versions, by `versionKey`. */
  readonly versionPorts: Readonly<Record<string, number>>
  command(command: CloudCommand): Promise<void>
  state(): Promise<CloudState>
  minute(minute: number): Promise<MinuteCounts>
  close(): Promise<void>
}

/** Megabytes of heap a cloud needs at most; without a bound each thread would grow to what the machine has. */
const HEAP_MEGABYTES = 64

/** Settles when the cloud listens; rejects when its thread fails before. */
export async function startCloud(spec: CloudSpec, origin: ClockOrigin): Promise<Cloud> {
  const workerData: CloudWorkerData = { spec, origin }
  const worker = new Worker(new URL('./cloud-worker.ts', import.meta.url), {
    workerData,
    name: `cloud ${spec.provider}`,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  })
  const waiting = new Map<number, (answer: CloudState | MinuteCounts | undefined) => void>()
  let lastId = 0
  let isListening = false

  const { port, versionPorts } = await new Promise<Extract<FromCloud, { kind: 'listening' }>>((resolve, reject) => {
    worker.on('error', (cause) => {
      const failed = new ThreadFailed(`cloud ${spec.provider}`, cause)
      reject(failed)
      if (isListening) throw failed
    })
    worker.on('message', (message: FromCloud) => {
      if (message.kind === 'listening') {
        isListening = true
        return resolve(message)
      }
      waiting.get(message.id)?.(message.answer)
      waiting.delete(message.id)
    })
  })

  function ask(question: CloudQuestion): Promise<CloudState | MinuteCounts | undefined> {
    lastId += 1
    const message: ToCloud = { id: lastId, question }
    const answer = new Promise<CloudState | MinuteCounts | undefined>((resolve) => waiting.set(message.id, resolve))
    worker.postMessage(message)
    return answer
  }

  return {
    provider: spec.provider,
    port,
    versionPorts,
    command: async (command) => void (await ask({ kind: 'command', command })),
    state: async () => (await ask({ kind: 'state' })) as CloudState,
    minute: async (minute) => (await ask({ kind: 'minute', minute })) as MinuteCounts,
    close: async () => void (await worker.terminate()),
  }
}
