// The ingress of a simulated cloud on the wire: health, brownout, stop, and the counts of a minute.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CLIENT_HEADER, type CloudServer, SENT_AT_HEADER, startCloudServer } from '#local/clouds/cloud-server.ts'
import type { MinuteCounts, VersionBehaviour } from '#local/clouds/cloud-spec.ts'
import { seededRandom } from '#local/clouds/random.ts'

let now = 6000
let cloud: CloudServer
const clock = { nowSeconds: () => now, at: (_seconds: number, run: () => void) => run() }
const spec = {
  provider: 'aws',
  tasks: 2,
  ratingPerTask: 5,
  baseLatencySeconds: 0.04,
  healthCheckPath: '/healthz',
  requestsPerRequest: 1,
  seed: 1,
}
const get = async (path: string, sentAt?: number) =>
  (await fetch(`http://127.0.0.1:${cloud.port}${path}`, sentAt === undefined ? {} : { headers: { [SENT_AT_HEADER]: String(sentAt) } }))
    .status

beforeEach(async () => {
  now = 6000
  cloud = await startCloudServer(spec, clock, seededRandom(1))
})
afterEach(() => cloud.close())

describe('the ingress of a simulated cloud', () => {
  it('stays green in a brownout', async () => {
    await cloud.command({ kind: 'brownOut', to: 0.1 })
    expect([await get('/healthz'), cloud.state().mode, cloud.state().reportedCapacity, cloud.state().effectiveCapacity]).toEqual([
      200,
      'browned-out',
      10,
      1,
    ])
  })

  it('turns red when it fails, and green when it recovers', async () => {
    await cloud.command({ kind: 'fail' })
    expect([await get('/healthz'), await get('/')]).toEqual([503, 503])
    await cloud.command({ kind: 'recover' })
    expect([await get('/healthz'), await get('/')]).toEqual([200, 200])
  })

  it('refuses connections when it is stopped, and listens on the same port again', async () => {
    await cloud.command({ kind: 'stop' })
    await expect(get('/healthz')).rejects.toThrow()
    await cloud.command({ kind: 'recover' })
    expect(await get('/')).toBe(200)
  })

  it('counts requests in the minute they were sent in, without health checks', async () => {
    now = 6090
    await get('/', 6010)
    await get('/', 6050)
    await get('/', 6070)
    await get('/healthz')
    expect([cloud.minute(100).requests, cloud.minute(101).requests]).toEqual([2, 1])
  })

  it('serves clients at the path of its health check too', async () => {
    now = 6090
    await get('/healthz', 6010)
    expect(cloud.minute(100).requests).toBe(1)
  })

  it('turns away what exceeds its capacity in a burst, and reports it as failed and saturated', async () => {
    await cloud.command({ kind: 'brownOut', to: 0.2 })
    const statuses = await Promise.all(Array.from({ length: 12 }, () => get('/', 5999)))
    expect(statuses.filter((status) => status === 503)).toHaveLength(6)
    expect(cloud.minute(99)).toMatchObject({ requests: 12, failures: 6, reportedCapacity: 10 })
  })
})

describe('a version at a simulated cloud', () => {
  const [stable, next] = [
    { service: 'media', version: '1.0.8' },
    { service: 'media', version: '1.0.9' },
  ]
  let versions: CloudServer
  const ask = async (version: string, client = 'c1') => {
    const headers = { [SENT_AT_HEADER]: '6010', [CLIENT_HEADER]: client }
    return (await fetch(`http://127.0.0.1:${versions.versionPorts[`media ${version}`]}/`, { headers })).status
  }

  beforeEach(async () => {
    now = 6090
    versions = await startCloudServer({ ...spec, versions: [stable, next] }, clock, seededRandom(1))
  })
  afterEach(() => versions.close())

  it('is counted for itself and for its cloud, and is said to have no traffic when it has none', async () => {
    await ask('1.0.8')
    expect(versions.minute(100)).toMatchObject({
      requests: 1,
      versions: [
        { ...stable, requests: 1, failures: 0 },
        { ...next, requests: 0, failures: 0 },
      ],
    })
  })

  it('fails on its own, and a client that fails again is one failing client', async () => {
    await versions.command({ kind: 'version', of: next, behaviour: { failing: 1 } })
    const statuses = [await ask('1.0.9', 'a'), await ask('1.0.9', 'a'), await ask('1.0.9', 'b'), await ask('1.0.8', 'c')]
    expect(statuses).toEqual([503, 503, 503, 200])
    expect(versions.minute(100).versions[1]).toMatchObject({ ...next, requests: 3, failures: 3, failingClients: 2 })
  })

  it('takes as many times as long, or longer for a part of its requests, as it was told', async () => {
    const latencyOf = async (behaviour: Partial<VersionBehaviour>) => {
      await versions.command({ kind: 'version', of: next, behaviour: { slower: 1, slowTail: { share: 0, seconds: 0 }, ...behaviour } })
      const before = new Map(latenciesOf(versions.minute(100)))
      await ask('1.0.9')
      return latenciesOf(versions.minute(100)).find(([seconds, count]) => count !== before.get(seconds))?.[0] ?? 0
    }
    const latenciesOf = (minute: MinuteCounts) => {
      const { seconds = [], counts = [] } = minute.versions[1]?.latencies ?? {}
      return seconds.map((bound, index) => [bound, counts[index] ?? 0] as const)
    }
    const usual = await latencyOf({})
    expect(usual).toBeLessThan(1)
    expect(await latencyOf({ slower: 20 })).toBeGreaterThan(8 * usual)
    expect(await latencyOf({ slowTail: { share: 1, seconds: 3 } })).toBeGreaterThan(3)
    expect(await latencyOf({ slowTail: { share: 0, seconds: 3 } })).toBeLessThan(1)
  })

  it('that is gone refuses connections and is not spoken of, until it is back', async () => {
    await versions.command({ kind: 'version', of: next, behaviour: { isStopped: true } })
    await expect(ask('1.0.9')).rejects.toThrow()
    expect(versions.minute(100).versions).toHaveLength(1)
    await versions.command({ kind: 'version', of: next, behaviour: { isStopped: false } })
    expect(await ask('1.0.9')).toBe(200)
  })

  it('goes with its cloud', async () => {
    await versions.command({ kind: 'stop' })
    await expect(ask('1.0.8')).rejects.toThrow()
  })

  it('that the cloud does not have cannot be broken', async () => {
    await expect(versions.command({ kind: 'version', of: { ...next, version: '2' }, behaviour: { failing: 1 } })).rejects.toThrow('media 2')
  })
})
