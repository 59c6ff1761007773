// What a simulated cloud does under load: served up to its capacity, slower when busy, turned away beyond.
import { describe, expect, it } from 'vitest'
import type { CloudSpec } from '#local/clouds/cloud-spec.ts'
import { seededRandom } from '#local/clouds/random.ts'
import { createTaskPool, type TaskPool } from '#local/clouds/task-pool.ts'

const SPEC: CloudSpec = {
  provider: 'aws',
  tasks: 4,
  ratingPerTask: 10,
  baseLatencySeconds: 0.04,
  healthCheckPath: '/',
  requestsPerRequest: 1,
  seed: 1,
}
const aPool = (over: Partial<CloudSpec> = {}) => createTaskPool({ ...SPEC, ...over }, seededRandom(1))

/** Sends a steady load and tells what became of its second half. */
function under(pool: TaskPool, perSecond: number, from = 0, seconds = 120): { servedPerSecond: number; meanLatency: number } {
  let served = 0
  let latency = 0
  const half = from + seconds / 2
  for (let at = from; at < from + seconds; at += 1 / perSecond) {
    const verdict = pool.arrive(at)
    if (at < half || !verdict.isServed) continue
    served += 1
    latency += verdict.latencySeconds
  }
  return { servedPerSecond: served / (seconds / 2), meanLatency: latency / served }
}

describe('a simulated cloud', () => {
  it('serves all of a load below its capacity', () => {
    expect(under(aPool(), 36).servedPerSecond).toBeCloseTo(36, 0)
  })

  it('serves its capacity of a load above it', () => {
    expect(under(aPool(), 80).servedPerSecond).toBeCloseTo(40, 0)
  })

  it('gets slower as it gets busier', () => {
    const latencies = [8, 20, 36, 60].map((load) => under(aPool(), load).meanLatency)
    expect(latencies).toEqual(latencies.toSorted((a, b) => a - b))
    expect(latencies[3]).toBeGreaterThan(1)
  })

  it('browned out, it serves a part, while what it reports does not change', () => {
    const pool = aPool()
    pool.command({ kind: 'brownOut', to: 0.4 }, 0)
    expect(pool.reportedCapacity()).toBe(40)
    expect(under(pool, 36).servedPerSecond).toBeCloseTo(16, 0)
    pool.command({ kind: 'recover' }, 120)
    expect(under(pool, 36, 120).servedPerSecond).toBeCloseTo(36, 0)
  })

  it('returns cold when told so, and is warm after that time', () => {
    const pool = aPool()
    pool.command({ kind: 'stop' }, 0)
    expect([pool.reportedCapacity(), pool.arrive(1).isServed]).toEqual([0, false])
    pool.command({ kind: 'recover', warmUp: { fromFraction: 0.25, seconds: 600 } }, 10)
    expect(pool.reportedCapacity()).toBe(40)
    expect([10, 310, 610, 9999].map((at) => pool.effectiveCapacity(at))).toEqual([10, 25, 40, 40])
  })

  it('failing, it turns everything away and still reports its tasks', () => {
    const pool = aPool()
    pool.command({ kind: 'fail' }, 0)
    expect([pool.arrive(1).isServed, pool.reportedCapacity(), pool.effectiveCapacity(1)]).toEqual([false, 40, 0])
  })

  it('turns nothing away because requests are handed over late and in any order', () => {
    const pool = aPool()
    const times = Array.from({ length: 36 * 30 }, (_, i) => 100 + i / 36)
    const shuffled = times.toSorted((a, b) => ((a * 7919) % 1) - ((b * 7919) % 1))
    expect(shuffled.filter((at) => !pool.arrive(at).isServed)).toEqual([])
  })

  it('serves a rate below one a second', () => {
    expect(under(aPool({ tasks: 1, ratingPerTask: 0.5 }), 5, 0, 400).servedPerSecond).toBeCloseTo(0.5, 1)
  })

  it('reports more capacity with more tasks', () => {
    const pool = aPool()
    pool.command({ kind: 'scale', tasks: 6 }, 0)
    expect(pool.reportedCapacity()).toBe(60)
    expect(under(pool, 55).servedPerSecond).toBeCloseTo(55, 0)
  })
})
