// One simulated cloud: real HTTP servers on loopback, its ingress and those of versions, in front of one pool of tasks.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type CloudCommand, type CloudSpec, type CloudState, type MinuteCounts, type VersionBehaviour, versionKey } from './cloud-spec.ts'
import { startListener } from './listeners.ts'
import { createMinuteCounter, type MinuteCounter } from './minute-counter.ts'
import { createTaskPool } from './task-pool.ts'

export interface CloudClock {
  nowSeconds(): number
  /** Runs at this time of the clock; at once when it has passed. */
  at(seconds: number, run: () => void): void
}

export interface CloudServer {
  readonly port: number
  /** By `versionKey`. */
  readonly versionPorts: Readonly<Record<string, number>>
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
/** Which client it is: failures of one client come in clumps and are counted once a minute. */
export const CLIENT_HEADER = 'x-client'

const AS_THE_CLOUD: VersionBehaviour = { failing: 0, slower: 1, slowTail: { share: 0, seconds: 0 }, isStopped: false }

type Door = { readonly counter?: MinuteCounter; behaviour: VersionBehaviour }

export async function startCloudServer(spec: CloudSpec, clock: CloudClock, random: () => number): Promise<CloudServer> {
  const pool = createTaskPool(spec, random)
  const counter = createMinuteCounter()
  const totals = { requests: 0, failures: 0 }

  function handle(door: Door, request: IncomingMessage, response: ServerResponse): void {
    request.resume()
    // A health check may well ask for the path that clients ask for.
    if (request.url === spec.healthCheckPath && request.headers[SENT_AT_HEADER] === undefined) {
      reply(response, pool.mode() === 'failing' ? 503 : 200)
      return
    }
    const sentAt = sentTime(request, clock.nowSeconds())
    const arrived = pool.arrive(sentAt)
    const { failing, slower, slowTail } = door.behaviour
    const isServed = arrived.isServed && (failing === 0 || random() >= failing)
    const isSlow = slowTail.share > 0 && random() < slowTail.share
    const latencySeconds = arrived.latencySeconds * slower + (isSlow ? slowTail.seconds : 0)
    const client = request.headers[CLIENT_HEADER]
    for (const each of [counter, door.counter])
      each?.count(sentAt, isServed, latencySeconds, typeof client === 'string' ? client : undefined)
    totals.requests += 1
    if (!isServed) totals.failures += 1
    clock.at(sentAt + latencySeconds, () => reply(response, isServed ? 200 : 503))
  }

  const open = async (door: Door) => startListener((request, response) => handle(door, request, response))
  const ingress = await open({ behaviour: AS_THE_CLOUD })
  const versions = await Promise.all(
    (spec.versions ?? []).map(async (of) => {
      const door = { counter: createMinuteCounter(), behaviour: AS_THE_CLOUD }
      return { of, door, listener: await open(door) }
    }),
  )

  async function openDoors(): Promise<void> {
    const isUp = pool.mode() !== 'stopped'
    await ingress.setOpen(isUp)
    for (const { door, listener } of versions) await listener.setOpen(isUp && !door.behaviour.isStopped)
  }

  return {
    port: ingress.port,
    versionPorts: Object.fromEntries(versions.map(({ of, listener }) => [versionKey(of), listener.port])),
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
      const running = versions.filter(({ door }) => !door.behaviour.isStopped)
      return {
        ...{ requests, failures, latencyP99Seconds, utilisation, reportedCapacity: pool.reportedCapacity() },
        versions: running.map(({ of, door }) => {
          const { latencyP99Seconds: _ofNobody, ...own } = door.counter.totals(minute)
          return { ...of, ...own }
        }),
      }
    },
    async command(command) {
      if (command.kind === 'version') {
        const found = versions.find(({ of }) => versionKey(of) === versionKey(command.of))
        if (found === undefined) throw new RangeError(`${spec.provider} has no ${versionKey(command.of)}`)
        found.door.behaviour = { ...found.door.behaviour, ...command.behaviour }
      } else pool.command(command, clock.nowSeconds())
      await openDoors()
    },
    async close() {
      await ingress.setOpen(false)
      for (const { listener } of versions) await listener.setOpen(false)
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
