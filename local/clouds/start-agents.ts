// The agent of each simulated cloud: publishes what its cloud did in the last minute, with its own credentials, until it is silenced.
// What the configuration reads from a namespace of AWS is published here too, but as the cloud's own service would: no account may put it there.
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import type { PublishMetric } from '#local/aws/cloudwatch/metric-store.ts'
import type { Cancel, LocalClock } from '#local/clock/local-clock.ts'
import { type Credentials, clientSettings } from '#local/world/client-settings.ts'
import type { Provider } from '#model/provider.ts'
import { type MinuteCounts, type ServedVersion, versionKey } from './cloud-spec.ts'
import { type Datum, isOfService, minuteMetrics, versionMetrics } from './minute-metrics.ts'
import type { Cloud } from './start-cloud.ts'

export type AgentsOptions = {
  readonly stage: string
  /** Where the judge of canaries reads. */
  readonly homeRegion: string
  readonly providers: readonly Provider[]
  readonly cloudOf: (provider: string) => Cloud
  readonly clock: Pick<LocalClock, 'nowSeconds' | 'setTimeout'>
  readonly endpoint: string
  readonly credentialsOf: (provider: string) => Credentials
  /** How AWS's services publish their own metrics. */
  readonly publishAsService: PublishMetric
  readonly requestsPerRequest: number
  /** Called when a publication fails: a wrong permission must not pass unseen. */
  readonly onError: (error: unknown) => void
}

export interface Agents {
  silence(provider: string): void
  unsilence(provider: string): void
  isSilent(provider: string): boolean
  /** Nothing is said of a version any more, at any cloud; or again. */
  silenceVersion(of: ServedVersion, isSilent: boolean): void
  stop(): void
}

/** After the end of a minute: requests under way have ended by then. */
const LAG_SECONDS = 6

export function startAgents(options: AgentsOptions): Agents {
  const { providers, cloudOf, clock } = options
  const silent = new Set<string>()
  const silentVersions = new Set<string>()
  const clients = new Map<string, CloudWatchClient>()
  let cancel: Cancel | undefined

  function clientOf(provider: string, region: string): CloudWatchClient {
    const key = `${provider} ${region}`
    const client = clients.get(key) ?? new CloudWatchClient(clientSettings(options.endpoint, region, options.credentialsOf(provider)))
    clients.set(key, client)
    return client
  }

  async function publish(provider: Provider, minute: number): Promise<void> {
    const cloud = cloudOf(provider.name)
    const { mode } = await cloud.state()
    if (silent.has(provider.name) || mode === 'stopped') return
    const counts: MinuteCounts = await cloud.minute(minute)
    const where = { stage: options.stage, provider: provider.name, region: options.homeRegion }
    const heard = counts.versions.filter((version) => !silentVersions.has(versionKey(version)))
    const signals = minuteMetrics(provider, counts, options.requestsPerRequest)
    for (const signal of signals.filter(isOfService)) options.publishAsService({ ...signal, atSeconds: minute * 60, unit: 'None' })
    const own = [...signals.filter((signal) => !isOfService(signal)), ...versionMetrics(where, heard, options.requestsPerRequest)]
    const byPlace = Map.groupBy(own, ({ region, namespace }) => `${region} ${namespace}`)
    await Promise.all([...byPlace.values()].map((data) => put(provider.name, data, minute)))
  }

  async function put(provider: string, data: readonly Datum[], minute: number): Promise<void> {
    const [first] = data
    if (first === undefined) return
    const MetricData = data.map(({ metric, dimensions, value }) => ({
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Timestamp: new Date(minute * 60_000),
      ...(typeof value === 'number' ? { Value: value } : { Values: [...value.seconds], Counts: [...value.counts] }),
    }))
    await clientOf(provider, first.region).send(new PutMetricDataCommand({ Namespace: first.namespace, MetricData }))
  }

  function beat(): void {
    const minute = Math.floor((clock.nowSeconds() - LAG_SECONDS) / 60) - 1
    for (const provider of providers) publish(provider, minute).catch(options.onError)
    schedule()
  }

  function schedule(): void {
    const now = clock.nowSeconds()
    const next = (Math.floor((now - LAG_SECONDS) / 60) + 1) * 60 + LAG_SECONDS
    cancel = clock.setTimeout(beat, Math.max(next - now, 0.1))
  }

  schedule()
  return {
    silence: (provider) => void silent.add(provider),
    unsilence: (provider) => void silent.delete(provider),
    isSilent: (provider) => silent.has(provider),
    silenceVersion: (of, isSilent) => void (isSilent ? silentVersions.add(versionKey(of)) : silentVersions.delete(versionKey(of))),
    stop() {
      cancel?.()
      for (const client of clients.values()) client.destroy()
    },
  }
}
