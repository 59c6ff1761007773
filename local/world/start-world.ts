// Starts everything around the product: clouds and their agents, name server, health checks, clients; and watches it all.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { stateTable } from '#adapters/aws/state-table.ts'
import type { InProcessAws } from '#local/aws/in-process-aws.ts'
import type { LocalClock } from '#local/clock/local-clock.ts'
import { registerAgentRole } from '#local/clouds/agent-roles.ts'
import { startAgents } from '#local/clouds/start-agents.ts'
import { startCloud } from '#local/clouds/start-cloud.ts'
import { startDnsServer } from '#local/dns/dns-server.ts'
import { type DemandStep, RESOLVER_MIX } from '#local/load/load-spec.ts'
import { startLoad } from '#local/load/start-load.ts'
import type { PageSource } from '#local/page/page-source.ts'
import { startProbes } from '#local/probes/start-probes.ts'
import type { Write } from '#local/scenario/recording.ts'
import type { Configuration } from '#model/configuration.ts'
import { providerSetId } from '#model/provider-set.ts'
import type { Action, ActionOutcome } from './action.ts'
import { createAddressBook } from './address-book.ts'
import { clientSettings, ROOT } from './client-settings.ts'
import { type CloudSize, cloudSpecs, requestsPerRequest } from './cloud-specs.ts'
import { watchHealth } from './health-watch.ts'
import { createObserver } from './observer.ts'
import { createOperator, type Operator } from './operator.ts'
import { perform } from './perform.ts'
import { createRing } from './ring.ts'
import { type Point, pointOf, type Snapshot, type Story } from './snapshot.ts'
import { createStoryFeed } from './story-feed.ts'

export type WorldOptions = {
  readonly configuration: Configuration
  readonly clock: LocalClock
  readonly aws: InProcessAws
  /** What the stack is called by; undefined where the local system runs without the controller. */
  readonly controller: { readonly rebalanceFunction: string; readonly table: string } | undefined
  readonly dnsPort: number
  readonly highestDemand: number
  readonly sizes: Readonly<Record<string, CloudSize>>
  readonly scenario: string | undefined
  /** How often the system is looked at, in real milliseconds. */
  readonly beatMillis: number
  readonly pageUrl: () => string | undefined
}

export interface World extends PageSource {
  readonly dnsPort: number
  readonly operator: Operator
  /** Requests/s of the clock as the configuration counts them; times are of the clock. */
  setDemand(steps: readonly DemandStep[]): void
  tell(story: Story): void
  writes(): readonly Write[]
  onBeat(listener: (snapshot: Snapshot) => void): void
  onStory(listener: (story: Story) => void): void
  /** The clients begin now. */
  begin(): void
  close(): Promise<void>
}

const POINTS_KEPT = 1800
const STORIES_KEPT = 300
const RESOLVERS = 1000
const IPV6_SHARE = 0.3
const LOAD_SEED = 7

export async function startWorld(options: WorldOptions): Promise<World> {
  const { configuration, clock, aws, controller } = options
  const { providers, hostnames, stage, homeRegion } = configuration
  const perRequest = requestsPerRequest(options.highestDemand)
  const clouds = await Promise.all(cloudSpecs(providers, options.sizes, perRequest).map((spec) => startCloud(spec, clock.origin)))
  const cloudOf = (provider: string) => {
    const found = clouds.find((cloud) => cloud.provider === provider)
    if (found === undefined) throw new Error(`no cloud is simulated for ${provider}`)
    return found
  }
  const book = createAddressBook(providers, (provider) => cloudOf(provider).port)
  const points = createRing<Point>(POINTS_KEPT)
  const stories = createRing<Story>(STORIES_KEPT)
  const beatListeners: ((snapshot: Snapshot) => void)[] = []
  const storyListeners: ((story: Story) => void)[] = []
  const writes: Write[] = []
  let startedAt = clock.nowSeconds()
  const tell = (story: Story) => {
    stories.push(story)
    for (const listener of storyListeners) listener(story)
  }

  const dns = await startDnsServer({ plane: aws.route53, random: Math.random, aliasAddresses: book.aliasAddresses, port: options.dnsPort })
  const health = watchHealth(aws.route53, book, clock.nowSeconds, tell)
  const probes = startProbes({ plane: health.plane, clock, portOf: (address) => book.find(address)?.port })
  const roles = new Map(providers.map((provider) => [provider.name, registerAgentRole(aws.iam, stage, provider)]))
  const agents = startAgents({
    providers,
    cloudOf,
    clock,
    endpoint: aws.url,
    credentialsOf: (provider) => roles.get(provider) ?? ROOT,
    requestsPerRequest: perRequest,
    onError: (error) => tell({ at: clock.nowSeconds(), kind: 'notice', sentence: `an agent could not publish: ${String(error)}` }),
  })
  const names = hostnames.map(({ hostname }) => hostname)
  const hasIpv6 = providers.some(({ endpoints }) => endpoints.some(({ address }) => 'ipv6' in address && Boolean(address.ipv6)))
  const load = startLoad(
    {
      hostnames: names,
      dnsPort: dns.port,
      resolvers: RESOLVERS,
      ipv6Share: hasIpv6 ? IPV6_SHARE : 0,
      mix: RESOLVER_MIX,
      destinations: book.entries,
      seed: LOAD_SEED,
    },
    clock.origin,
  )
  const operator = createOperator({
    endpoint: aws.url,
    region: homeRegion,
    rebalanceFunction: controller?.rebalanceFunction,
    nowSeconds: clock.nowSeconds,
    plane: aws.route53,
  })
  const feed = controller && feedOf(controller.table)

  function feedOf(table: string) {
    const client = new DynamoDBClient(clientSettings(aws.url, homeRegion))
    return createStoryFeed({
      journal: dynamodbJournal(stateTable(client, table)),
      hostnames: names,
      sets: [...new Set(hostnames.map(providerSetId))],
      onStory: tell,
      onApplied: ({ at, hostname, receipt }) => void writes.push({ at, hostname, ...receipt.fence }),
    })
  }

  let observe = makeObserver()
  function makeObserver() {
    return createObserver({
      stage,
      scenario: options.scenario,
      isControlled: controller !== undefined,
      startedAt,
      speed: () => clock.speed,
      hostnames: names,
      plane: aws.route53,
      requestsPerRequest: perRequest,
      endpoints: {
        get page() {
          return options.pageUrl()
        },
        aws: aws.url,
        dnsPort: dns.port,
      },
    })
  }

  async function look(): Promise<Snapshot> {
    // A feed that fails once (the table is busy) must not stop the watching.
    await feed?.read().catch(() => undefined)
    const [counts, states] = await Promise.all([load.counts(), Promise.all(clouds.map((cloud) => cloud.state()))])
    const seenClouds = clouds.map(({ provider }, index) => ({
      provider,
      state: states[index] as (typeof states)[number],
      isSilent: agents.isSilent(provider),
    }))
    const seen = {
      at: clock.nowSeconds(),
      counts,
      clouds: seenClouds,
      decisions: feed?.decisions() ?? [],
      checkersHealthy: health.checkersHealthy,
      writes: writes.filter(({ at }) => at >= startedAt).length,
    }
    return observe(seen)
  }

  let snapshot = await look()
  let isOpen = true
  let timer: NodeJS.Timeout | undefined
  async function beat(): Promise<void> {
    snapshot = await look()
    points.push(pointOf(snapshot))
    for (const listener of beatListeners) listener(snapshot)
    if (isOpen) timer = setTimeout(() => void beat(), options.beatMillis)
  }
  timer = setTimeout(() => void beat(), options.beatMillis)

  async function act(action: Action): Promise<ActionOutcome> {
    const at = clock.nowSeconds()
    try {
      const sentence = await perform(action, { cloudOf, agents, operator, nowSeconds: clock.nowSeconds })
      tell({ at, kind: 'event', sentence })
      return { isDone: true, sentence }
    } catch (error) {
      const sentence = `${action.action} of ${action.provider} was not done: ${error instanceof Error ? error.message : String(error)}`
      tell({ at, kind: 'refused', sentence })
      return { isDone: false, sentence }
    }
  }

  return {
    dnsPort: dns.port,
    operator,
    tell,
    act,
    snapshot: () => snapshot,
    points: points.values,
    stories: stories.values,
    writes: () => writes,
    setDemand: (steps) =>
      load.setDemand(steps.map(({ atSeconds, requestsPerSecond }) => ({ atSeconds, requestsPerSecond: requestsPerSecond / perRequest }))),
    onBeat: (listener) => void beatListeners.push(listener),
    onStory: (listener) => void storyListeners.push(listener),
    begin() {
      startedAt = clock.nowSeconds()
      observe = makeObserver()
    },
    async close() {
      isOpen = false
      clearTimeout(timer)
      probes.stop()
      agents.stop()
      operator.close()
      await Promise.all([load.close(), dns.close(), ...clouds.map((cloud) => cloud.close())])
    },
  }
}
