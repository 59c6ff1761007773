// The thread of the clients: paces the demand on the clock, resolves, sends, counts.
import { parentPort, workerData } from 'node:worker_threads'
import type { ClockOrigin } from '#local/clock/shared-time.ts'
import { versionKey } from '#local/clouds/cloud-spec.ts'
import { seededRandom } from '#local/clouds/random.ts'
import { followClock } from '#local/clouds/thread-clock.ts'
import { canonical } from '#local/world/address-book.ts'
import { createDnsClient } from './dns-client.ts'
import type { FromLoad, LoadCommand, LoadSpec } from './load-spec.ts'
import { createPacer } from './pacer.ts'
import { createRequestSender } from './request-sender.ts'
import { createResolverPool } from './resolver-pool.ts'

export type LoadWorkerData = { readonly spec: LoadSpec; readonly origin: ClockOrigin }

const { spec, origin } = workerData as LoadWorkerData
const PACE_MILLIS = 10
/** A queue of two seconds in front of every cloud at the highest demand is 120 requests; far above that it is the computer that is slow. */
const STRAINED_ABOVE = 500
const RELIEVED_BELOW = 150
const clock = followClock(origin)
const random = seededRandom(spec.seed)
const dns = createDnsClient(spec.dnsPort)
const resolvers = createResolverPool(spec, dns.ask, random)
const sender = createRequestSender()
const pacer = createPacer(clock.nowSeconds())
type Count = { sent: number; failed: number }
const counts = new Map<string, Count>()
const versions = new Map<string, Count>()
let unresolved = 0
let inFlight = 0

async function send(sentAt: number): Promise<void> {
  const hostname = spec.hostnames[Math.floor(random() * spec.hostnames.length)]
  if (hostname === undefined) return
  inFlight += 1
  // One client behind each resolver: whoever is sent to a version stays there until its answer ends.
  const client = resolvers.draw()
  const resolved = resolvers.resolve(hostname, sentAt, client)
  const address = resolved instanceof Promise ? await resolved : resolved
  const destination = address === undefined ? undefined : spec.destinations[canonical(address)]
  if (destination === undefined) unresolved += 1
  else {
    const isServed = await sender.send(destination.port, hostname, sentAt, clock.rate(), String(client))
    countOne(counts, destination.provider, isServed)
    if (destination.of !== undefined) countOne(versions, versionKey(destination.of), isServed)
  }
  inFlight -= 1
}

function countOne(all: Map<string, Count>, key: string, isServed: boolean): void {
  const count = all.get(key) ?? { sent: 0, failed: 0 }
  all.set(key, count)
  count.sent += 1
  if (!isServed) count.failed += 1
}

const tell = (message: FromLoad) => parentPort?.postMessage(message)
let isStrained = false

setInterval(() => {
  for (const sentAt of pacer.due(clock.nowSeconds())) void send(sentAt)
  if (isStrained ? inFlight < RELIEVED_BELOW : inFlight > STRAINED_ABOVE) {
    isStrained = !isStrained
    tell({ kind: 'strained', isStrained })
  }
}, PACE_MILLIS)

parentPort?.on('message', (command: LoadCommand) => {
  switch (command.kind) {
    case 'demand':
      pacer.setSteps(command.steps)
      return
    case 'count': {
      const demand = pacer.demandAt(clock.nowSeconds())
      const [providers, byVersion] = [Object.fromEntries(counts), Object.fromEntries(versions)]
      tell({ kind: 'counts', counts: { providers, versions: byVersion, unresolved, dnsQueries: resolvers.queries(), demand, inFlight } })
    }
  }
})
