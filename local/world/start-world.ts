// Starts everything around the product: clouds and their agents, name server, health checks, clients; and watches it all.
import type { InProcessAws } from '#local/aws/in-process-aws.ts'
import type { LocalClock } from '#local/clock/local-clock.ts'
import { startDnsServer } from '#local/dns/dns-server.ts'
import type { DemandStep } from '#local/load/load-spec.ts'
import type { PageSource } from '#local/page/page-source.ts'
import { startProbes } from '#local/probes/start-probes.ts'
import type { Write } from '#local/scenario/recording.ts'
import type { ControlRow } from '#model/canary.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Action, ActionOutcome } from './action.ts'
import { type Bulletin, createBulletin } from './bulletin.ts'
import { type CanaryDesk, createCanaryDesk } from './canary-desk.ts'
import { type CloudSize, cloudSpecs, requestsPerRequest } from './cloud-specs.ts'
import type { Controller } from './controller.ts'
import { watchHealth } from './health-watch.ts'
import { createObserver } from './observer.ts'
import { createOperator, type Operator } from './operator.ts'
import { perform } from './perform.ts'
import { productFeed } from './product-feed.ts'
import { repeat } from './repeat.ts'
import type { Snapshot } from './snapshot.ts'
import { startClients } from './start-clients.ts'
import { startClouds } from './start-clouds.ts'

export type WorldOptions = {
  readonly configuration: Configuration
  readonly clock: LocalClock
  readonly aws: InProcessAws
  /** Undefined where the local system runs without the controller. */
  readonly controller: Controller | undefined
  readonly dnsPort: number
  readonly highestDemand: number
  readonly sizes: Readonly<Record<string, CloudSize>>
  readonly scenario: string | undefined
  /** How often the system is looked at, in real milliseconds. */
  readonly beatMillis: number
  readonly pageUrl: () => string | undefined
}

export interface World extends PageSource, Pick<Bulletin, 'tell' | 'onBeat' | 'onStory'> {
  readonly dnsPort: number
  readonly operator: Operator
  readonly canaries: CanaryDesk
  /** Requests/s of the clock as the configuration counts them; times are of the clock. */
  setDemand(steps: readonly DemandStep[]): void
  /** What the controller wrote, by its journal; times are of the clock. */
  writes(): readonly Write[]
  /** The clients begin now: what is counted "since the start" starts here. */
  begin(): void
  close(): Promise<void>
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const { configuration, clock, aws, controller } = options
  const perRequest = requestsPerRequest(options.highestDemand)
  const bulletin = createBulletin()
  const clouds = await startClouds({
    configuration,
    specs: cloudSpecs(configuration.providers, options.sizes, perRequest),
    clock,
    aws,
    requestsPerRequest: perRequest,
    onAgentError: (error) =>
      bulletin.tell({ at: clock.nowSeconds(), kind: 'notice', sentence: `an agent could not publish: ${String(error)}` }),
  })
  const { book, agents, cloudOf } = clouds
  const dns = await startDnsServer({ plane: aws.route53, random: Math.random, aliasAddresses: book.aliasAddresses, port: options.dnsPort })
  const health = watchHealth(aws.route53, book, clock.nowSeconds, bulletin.tell)
  const probes = startProbes({ plane: health.plane, clock, portOf: (address) => book.find(address)?.port })
  const load = startClients(configuration, book, dns.port, clock)
  const operator = createOperator({
    endpoint: aws.url,
    region: configuration.homeRegion,
    rebalanceFunction: controller?.rebalanceFunction,
    nowSeconds: clock.nowSeconds,
    plane: aws.route53,
  })
  const writes: Write[] = []
  const feed =
    controller &&
    productFeed({
      configuration,
      endpoint: aws.url,
      table: controller.table,
      onStory: bulletin.tell,
      onWrite: (write) => void writes.push(write),
    })
  let rows: readonly ControlRow[] = []
  const canaries = createCanaryDesk({
    ...{ endpoint: aws.url, region: configuration.homeRegion, clock },
    canary: controller?.canary,
    rows: async () => (await feed?.rows()) ?? [],
  })
  let startedAt = clock.nowSeconds()
  let observe = observer()

  function observer() {
    const { scenario } = options
    const endpoints = {
      get page() {
        return options.pageUrl()
      },
      aws: aws.url,
      dnsPort: dns.port,
    }
    const fixed = { stage: configuration.stage, scenario, isControlled: controller !== undefined, startedAt, endpoints }
    return createObserver({ ...fixed, speed: () => clock.speed, configuration, plane: aws.route53, requestsPerRequest: perRequest })
  }

  async function look(): Promise<Snapshot> {
    // A read that fails once (the table is busy) must not end the watching; the next one catches up.
    await feed?.read().catch(() => undefined)
    rows = (await feed?.rows().catch(() => undefined)) ?? rows
    const [counts, seenClouds] = await Promise.all([load.counts(), clouds.look()])
    const decisions = feed?.decisions() ?? []
    const written = writes.filter(({ at }) => at >= startedAt).length
    return observe({
      at: clock.nowSeconds(),
      counts,
      clouds: seenClouds,
      decisions,
      checkersHealthy: health.checkersHealthy,
      writes: written,
      rows,
    })
  }

  let snapshot = await look()
  const stopBeat = repeat(options.beatMillis, async () => {
    snapshot = await look()
    bulletin.show(snapshot)
  })

  async function act(action: Action): Promise<ActionOutcome> {
    const at = clock.nowSeconds()
    try {
      const sentence = await perform(action, { configuration, cloudOf, agents, operator, canaries, nowSeconds: clock.nowSeconds })
      bulletin.tell({ at, kind: 'event', sentence })
      return { isDone: true, sentence }
    } catch (error) {
      const what = 'provider' in action && action.provider !== undefined ? `${action.action} of ${action.provider}` : action.action
      const sentence = `${what} was not done: ${error instanceof Error ? error.message : String(error)}`
      bulletin.tell({ at, kind: 'refused', sentence })
      return { isDone: false, sentence }
    }
  }

  return {
    ...bulletin,
    dnsPort: dns.port,
    operator,
    canaries,
    act,
    snapshot: () => snapshot,
    writes: () => writes,
    setDemand: (steps) =>
      load.setDemand(steps.map(({ atSeconds, requestsPerSecond }) => ({ atSeconds, requestsPerSecond: requestsPerSecond / perRequest }))),
    begin() {
      startedAt = clock.nowSeconds()
      observe = observer()
    },
    async close() {
      await stopBeat()
      probes.stop()
      operator.close()
      canaries.close()
      await Promise.all([load.close(), dns.close(), clouds.close()])
    },
  }
}
