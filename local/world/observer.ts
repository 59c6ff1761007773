// Puts together what can be seen at one moment, from the clouds, the clients, Route 53 and the product's own decisions.
import type { CloudState } from '#local/clouds/cloud-spec.ts'
import type { LoadCounts } from '#local/load/load-spec.ts'
import type { ControlRow } from '#model/canary.ts'
import type { ConditionKind } from '#model/condition.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Decision, ProviderDecision } from '#model/decision.ts'
import { canaryView, versionViews } from './canary-view.ts'
import { answeredShares, hostnameView, weightOf } from './hostname-view.ts'
import type { HostnameView, ProviderView, Snapshot } from './snapshot.ts'
import { createWindowCounter, totals, type WindowCounts } from './window-counts.ts'

export type Seen = {
  readonly at: number
  readonly counts: LoadCounts
  readonly clouds: readonly { readonly provider: string; readonly state: CloudState; readonly isSilent: boolean }[]
  readonly decisions: readonly Decision[]
  readonly checkersHealthy: (provider: string) => number | undefined
  readonly writes: number
  readonly rows: readonly ControlRow[]
}

export type ObserverOptions = Pick<Snapshot, 'stage' | 'scenario' | 'isControlled' | 'startedAt' | 'endpoints'> & {
  readonly speed: () => number
  readonly configuration: Pick<Configuration, 'hostnames' | 'providers'>
  readonly plane: Parameters<typeof hostnameView>[0]
  readonly requestsPerRequest: number
}

/** Makes snapshots; it remembers the last minute of counts, to tell rates. */
export function createObserver(options: ObserverOptions): (seen: Seen) => Snapshot {
  const window = createWindowCounter()
  const policies = options.configuration.hostnames
  const main = policies[0]?.hostname ?? ''
  return (seen) => {
    window.add(seen.at, seen.counts)
    const lastMinute = window.lastMinute()
    const hostnames = policies.map(({ hostname }) => hostnameView(options.plane, hostname))
    const answered = answeredShares(options.plane, main)
    const view = { lastMinute, hostname: hostnames[0], answered, scale: options.requestsPerRequest }
    const { stage, scenario, isControlled, startedAt, endpoints } = options
    return {
      stage,
      scenario,
      isControlled,
      at: seen.at,
      startedAt,
      endpoints,
      hostnames,
      speed: options.speed(),
      demand: seen.counts.demand * options.requestsPerRequest,
      failedRatio: ratio(lastMinute.all),
      ...totals(seen.counts),
      writes: seen.writes,
      versions: policies.flatMap((policy) => {
        const row = seen.rows.find(({ hostname }) => hostname === policy.hostname)
        return versionViews(policy, options.configuration.providers, row, options.plane, lastMinute)
      }),
      canaries: seen.rows.flatMap((row) => canaryView(row, seen.at) ?? []),
      providers: seen.clouds.map((cloud) => providerView(cloud, seen, view)),
    }
  }
}

type Context = {
  readonly lastMinute: WindowCounts
  readonly hostname: HostnameView | undefined
  readonly answered: ReadonlyMap<string, number>
  readonly scale: number
}

function providerView({ provider, state, isSilent }: Seen['clouds'][number], seen: Seen, context: Context): ProviderView {
  const { lastMinute, hostname, answered, scale } = context
  const decided = newestOf(seen.decisions, provider)
  const own = lastMinute.of(provider)
  return {
    name: provider,
    mode: state.mode,
    isSilent: isSilent || state.mode === 'stopped',
    condition: decided?.condition.kind,
    sentence: decided === undefined ? undefined : sentenceOf(decided),
    wantedShare: isFirst(seen.decisions, provider) ? undefined : decided?.share,
    answeredShare: answered.get(provider),
    measuredShare: lastMinute.all.sent === 0 ? undefined : own.sent / lastMinute.all.sent,
    weight: hostname === undefined ? undefined : weightOf(hostname, provider),
    requestsPerSecond: lastMinute.seconds === 0 ? 0 : (own.sent * scale) / lastMinute.seconds,
    failedRatio: ratio(own),
    sent: seen.counts.providers[provider]?.sent ?? 0,
    failed: seen.counts.providers[provider]?.failed ?? 0,
    reportedCapacity: state.reportedCapacity * scale,
    effectiveCapacity: state.effectiveCapacity * scale,
    capacityEstimate: decided?.capacityEstimate,
    checkersHealthy: seen.checkersHealthy(provider),
    isDrained: decided?.condition.kind === ('drained' satisfies ConditionKind),
  }
}

/** Before the first write nobody has a share yet: zeros that nobody wants. */
function isFirst(decisions: readonly Decision[], provider: string): boolean {
  const own = decisions.filter((decision) => decision.providers.some((one) => one.provider === provider))
  return own.every((decision) => decision.providers.every(({ share }) => share === 0))
}

function newestOf(decisions: readonly Decision[], provider: string): ProviderDecision | undefined {
  const having = decisions.filter((decision) => decision.providers.some((one) => one.provider === provider))
  return having.toSorted((a, b) => b.at - a.at)[0]?.providers.find((one) => one.provider === provider)
}

/** The share's sentence; before it why the provider is not simply serving, unless that is in there already. */
function sentenceOf({ provider, condition, reason }: ProviderDecision): string {
  const why = condition.reason.sentence
  const isSaid = reason.sentence.includes(why.replace(`${provider} `, ''))
  return condition.kind === 'serving' || isSaid ? reason.sentence : `${why}; ${reason.sentence}`
}

function ratio({ sent, failed }: { readonly sent: number; readonly failed: number }): number {
  return sent === 0 ? 0 : failed / sent
}
