// How one hostname stands: what was decided, what the records say, what operators hold, what was written last.

import type { ConditionKind } from '#model/condition.ts'
import type { Decision } from '#model/decision.ts'
import type { Fence } from '#model/fence.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { HostnamePolicy, Mode } from '#model/hostname.ts'
import { ALL_HOSTNAMES, type Override } from '#model/override.ts'
import { heldSetId, providerSetId } from '#model/provider-set.ts'
import type { Receipt } from '#model/receipt.ts'
import { providerOf, sharesOf } from '#model/record-identity.ts'
import type { Journal } from '#ports/journal.ts'
import type { HostnameRecords } from '#ports/records-store.ts'

export type ProviderStatus = {
  readonly provider: string
  readonly condition: ConditionKind | undefined
  /** Decided last, 0–1. */
  readonly wanted: number | undefined
  /** As the weights give it, 0–1. */
  readonly inRecords: number | undefined
  readonly measured: number | undefined
  readonly weights: readonly { readonly type: string; readonly weight: number }[]
}

export type HostnameStatus = {
  readonly hostname: string
  readonly mode: Mode
  readonly providers: readonly ProviderStatus[]
  readonly decision: Decision | undefined
  readonly overrides: readonly Override[]
  readonly fence: Fence | undefined
  readonly observedAt: number | undefined
  readonly lastChange: Receipt | undefined
  readonly lastGood: { readonly since: number; readonly fence: Fence; readonly shares: Readonly<Record<string, number>> } | undefined
  readonly strangers: readonly string[]
}

export type Stored = {
  readonly records: ReadonlyMap<string, HostnameRecords>
  /** Those in force. */
  readonly overrides: readonly Override[]
  readonly goodPlans: readonly GoodPlan[]
}

export async function statusOf(policy: HostnamePolicy, stored: Stored, journal: Pick<Journal, 'decisions'>): Promise<HostnameStatus> {
  const { hostname, mode } = policy
  const known = stored.records.get(hostname)
  const decision = await decisionAt(policy, journal)
  const good = stored.goodPlans.find((plan) => plan.hostname === hostname)
  return {
    hostname,
    mode,
    providers: policy.providers.map(({ provider }) => providerStatus(provider, hostname, decision, known)),
    decision,
    overrides: stored.overrides.filter((override) => concerns(override, policy)),
    fence: known?.observed.fence,
    observedAt: known?.observed.observedAt,
    lastChange: known?.receipt,
    lastGood: good === undefined ? undefined : { since: good.since, fence: good.fence, shares: sharesOf(hostname, good.members) },
    strangers: known?.observed.strangers.map(({ name, type, why }) => `${name} ${type}: ${why}`) ?? [],
  }
}

/** The newest decision that the hostname followed, of those not newer than `untilSeconds`: while it was held, the one about it alone. */
export async function decisionAt(
  policy: HostnamePolicy,
  journal: Pick<Journal, 'decisions'>,
  untilSeconds?: number,
): Promise<Decision | undefined> {
  const [[held], [ofSet]] = (await Promise.all(
    [heldSetId(policy.hostname), providerSetId(policy)].map((set) => journal.decisions(set, 1, untilSeconds)),
  )) as [Decision[], Decision[]]
  // Both are recorded in one tick, under one time.
  return held !== undefined && (ofSet === undefined || held.at >= ofSet.at) ? held : ofSet
}

function providerStatus(
  provider: string,
  hostname: string,
  decision: Decision | undefined,
  known: HostnameRecords | undefined,
): ProviderStatus {
  const decided = decision?.providers.find((one) => one.provider === provider)
  const members = known?.observed.members ?? []
  return {
    provider,
    condition: decided?.condition.kind,
    wanted: decided?.share,
    inRecords: known === undefined ? undefined : (sharesOf(hostname, members)[provider] ?? 0),
    measured: decided?.measuredShare,
    weights: members.flatMap((record) => (providerOf(hostname, record) === provider ? [{ type: record.type, weight: record.weight }] : [])),
  }
}

function concerns(override: Override, { hostname, providers }: HostnamePolicy): boolean {
  if (override.kind === 'drain') return providers.some(({ provider }) => provider === override.provider)
  return override.hostname === hostname || override.hostname === ALL_HOSTNAMES
}
