// Counts what happened at a cloud in each minute of the clock, and forgets minutes nobody can ask for any more.
import { BEYOND_BOUNDS_SECONDS, LATENCY_BOUNDS_SECONDS } from '#model/latency-bounds.ts'
import type { Latencies } from './cloud-spec.ts'

export type MinuteTotals = {
  readonly requests: number
  readonly failures: number
  /** Different clients among the failures; one that says nothing of itself counts as another each time. */
  readonly failingClients: number
  readonly latencyP99Seconds: number
  readonly latencies: Latencies
}

export interface MinuteCounter {
  count(atSeconds: number, isServed: boolean, latencySeconds: number, client?: string): void
  /** Totals of the minute that begins at `minute` × 60 s. */
  totals(minute: number): MinuteTotals
}

const MINUTES_KEPT = 5
/** The last one is for what is beyond the bounds. */
const BUCKETS = LATENCY_BOUNDS_SECONDS.length + 1

type Minute = { requests: number; failures: number; clients: Set<string>; nameless: number; buckets: Uint32Array }

export function createMinuteCounter(): MinuteCounter {
  const minutes = new Map<number, Minute>()
  return {
    count(at, isServed, latencySeconds, client) {
      const minute = minuteAt(minutes, Math.floor(at / 60))
      minute.requests += 1
      if (!isServed) {
        minute.failures += 1
        if (client === undefined) minute.nameless += 1
        else minute.clients.add(client)
      }
      const bucket = bucketOf(latencySeconds)
      minute.buckets[bucket] = (minute.buckets[bucket] ?? 0) + 1
    },
    totals(number) {
      const minute = minutes.get(number)
      if (minute === undefined)
        return { requests: 0, failures: 0, failingClients: 0, latencyP99Seconds: 0, latencies: { seconds: [], counts: [] } }
      const { requests, failures, clients, nameless } = minute
      const failingClients = clients.size + nameless
      return { requests, failures, failingClients, latencyP99Seconds: quantile(minute, 0.99), latencies: latenciesOf(minute) }
    },
  }
}

function minuteAt(minutes: Map<number, Minute>, number: number): Minute {
  const known = minutes.get(number)
  if (known !== undefined) return known
  const fresh = { requests: 0, failures: 0, clients: new Set<string>(), nameless: 0, buckets: new Uint32Array(BUCKETS) }
  minutes.set(number, fresh)
  for (const old of minutes.keys()) if (old < number - MINUTES_KEPT) minutes.delete(old)
  return fresh
}

function bucketOf(seconds: number): number {
  const bucket = LATENCY_BOUNDS_SECONDS.findIndex((bound) => seconds <= bound)
  return bucket === -1 ? BUCKETS - 1 : bucket
}

function secondsOf(bucket: number): number {
  return LATENCY_BOUNDS_SECONDS[bucket] ?? BEYOND_BOUNDS_SECONDS
}

function latenciesOf({ buckets }: Minute): Latencies {
  const filled = [...buckets.entries()].filter(([, count]) => count > 0)
  return { seconds: filled.map(([bucket]) => secondsOf(bucket)), counts: filled.map(([, count]) => count) }
}

function quantile(minute: Minute, q: number): number {
  let seen = 0
  for (const [bucket, count] of minute.buckets.entries()) {
    seen += count
    if (seen >= q * minute.requests && seen > 0) return secondsOf(bucket)
  }
  return 0
}
