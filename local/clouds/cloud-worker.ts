// The thread of one simulated cloud: its server, and the answers to what the main thread asks.
import { parentPort, workerData } from 'node:worker_threads'
import type { ClockOrigin } from '#local/clock/shared-time.ts'
import { startCloudServer } from './cloud-server.ts'
import type { CloudQuestion, CloudSpec, CloudState, FromCloud, MinuteCounts, ToCloud } from './cloud-spec.ts'
import { seededRandom } from './random.ts'
import { followClock } from './thread-clock.ts'

export type CloudWorkerData = { readonly spec: CloudSpec; readonly origin: ClockOrigin }

const { spec, origin } = workerData as CloudWorkerData
const server = await startCloudServer(spec, followClock(origin), seededRandom(spec.seed))
const tell = (message: FromCloud) => parentPort?.postMessage(message)

async function answerTo(question: CloudQuestion): Promise<CloudState | MinuteCounts | undefined> {
  switch (question.kind) {
    case 'state':
      return server.state()
    case 'minute':
      return server.minute(question.minute)
    case 'command':
      await server.command(question.command)
      return undefined
  }
}

parentPort?.on('message', async ({ id, question }: ToCloud) => tell({ kind: 'answer', id, answer: await answerTo(question) }))
tell({ kind: 'listening', port: server.port, versionPorts: server.versionPorts })
