// The ingress of one simulated cloud: a real HTTP server on loopback in front of a pool of tasks.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CloudCommand, CloudSpec, CloudState, MinuteCounts } from './cloud-spec.ts'
import { createMinuteCounter } from './minute-counter.ts'
import { createTaskPool } from './task-pool.ts'

export interface CloudClock {
  nowSeconds(): number
  /** Runs at this time of the clock; at once when it has passed. */
  at(seconds: number, run: () => void): void
}

export interface CloudServer {
  readonly port: number
  state(): CloudState
  minute(minute: number): MinuteCounts
  command(command: CloudCommand): Promise<void>
  close(): Promise<void>
}

/**
 * The time of the clock at which a client sent its request. A busy computer hands requests over in bursts; counted by the time they were sent,
 * they load the cloud as evenly as they would have on a fast one. Without the header it is the time of arrival.
 */
export const SENT_AT_HEADER = 'x-sent-at'

/** Longer than any pause between two requests of a client, in real time, so that a connection is not closed while it is being reused. */
const KEEP_ALIVE_MILLIS = 120_000

export async function startCloudServer(spec: CloudSpec, clock: CloudClock, random: () => number): Promise<CloudServer> {
  const pool = createTaskPool(spec, random)
  const counter = createMinuteCounter()
  const totals = { requests: 0, failures: 0 }
  let server = await open(0)
  const { port } = server.address() as AddressInfo

  function handle(request: IncomingMessage, response: ServerResponse): void {
    request.resume()
    // A health check may well ask for the path that clients ask for.
    if (request.url === spec.healthCheckPath && request.headers[SENT_AT_HEADER] === undefined) {
      reply(response, pool.mode() === 'failing' ? 503 : 200)
      return
    }
    const sentAt = sentTime(request, clock.nowSeconds())
    const { isServed, latencySeconds } = pool.arrive(sentAt)
    counter.count(sentAt, isServed, latencySeconds)
    totals.requests += 1
    if (!isServed) totals.failures += 1
    clock.at(sentAt + latencySeconds, () => reply(response, isServed ? 200 : 503))
  }

  function open(wanted: number): Promise<Server> {
    const opened = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLIS }, handle)
    return new Promise((resolve, reject) => {
      opened.once('error', reject)
      opened.listen(wanted, '127.0.0.1', () => resolve(opened))
    })
  }

  async function shut(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }

  return {
    port,
    state: () => ({
      mode: pool.mode(),
      readyTasks: pool.readyTasks(),
      reportedCapacity: pool.reportedCapacity(),
      effectiveCapacity: pool.effectiveCapacity(clock.nowSeconds()),
      ...totals,
    }),
    minute(minute) {
      const { requests, failures, latencyP99Seconds } = counter.totals(minute)
      const capacity = pool.effectiveCapacity((minute + 1) * 60)
      const utilisation = capacity > 0 ? Math.min(1, (requests - failures) / 60 / capacity) : 0
      return { requests, failures, latencyP99Seconds, utilisation, reportedCapacity: pool.reportedCapacity() }
    },
    async command(command) {
      pool.command(command, clock.nowSeconds())
      if (pool.mode() === 'stopped' && server.listening) await shut()
      if (pool.mode() !== 'stopped' && !server.listening) server = await open(port)
    },
    close: async () => {
      if (server.listening) await shut()
    },
  }
}

function reply(response: ServerResponse, status: number): void {
  if (!response.destroyed) response.writeHead(status, { 'content-length': 0 }).end()
}

function sentTime(request: IncomingMessage, now: number): number {
  const stated = Number(request.headers[SENT_AT_HEADER])
  return Number.isFinite(stated) && stated > 0 && stated <= now ? stated : now
}
