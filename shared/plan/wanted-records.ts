// Which records a hostname shall have: one per type, provider, version and endpoint, with the weights of the decided shares.
import type { Decision, ProviderDecision } from '#model/decision.ts'
import { endpointsFor } from '#model/endpoints-for.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { setIdentifier } from '#model/names.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Address, Endpoint, Provider } from '#model/provider.ts'
import type { RecordTarget, RecordType, WeightedRecord } from '#model/record.ts'
import type { Split } from '#model/split.ts'
import { quantise } from './quantise.ts'
import type { RecordWithShare } from './record-with-share.ts'
import { type Restored, restoredMembers } from './restored-members.ts'
import { versionSharesAt } from './version-shares.ts'

export type WantedInput = {
  readonly hostname: HostnamePolicy
  readonly providers: readonly Provider[]
  readonly decision: Decision
  readonly observed: ObservedRecords
  /** Share kept by each provider that its own red check withholds, 0–1. */
  readonly returnWeight: number
  /** How the versions of the service share; without one the stable version serves. */
  readonly split?: Split | undefined
  /** Of a rollback that is pinned: these records, and none of the configuration. */
  readonly restored?: Restored | undefined
}

/** Every record of the hostname; the records of one type are quantised together, so that both address families get the same shares. */
export function wantedRecords(input: WantedInput): WeightedRecord[] {
  const members = input.restored === undefined ? configuredMembers(input) : membersRolledBackTo(input.restored, input)
  const types = [...new Set(members.map(({ record }) => record.type))]
  return types.flatMap((type) =>
    weigh(
      members.filter(({ record }) => record.type === type),
      input.observed,
    ),
  )
}

function configuredMembers(input: WantedInput): RecordWithShare[] {
  return input.hostname.providers.flatMap(({ provider: name }) => {
    const provider = input.providers.find((candidate) => candidate.name === name)
    const decided = input.decision.providers.find((candidate) => candidate.provider === name)
    if (provider === undefined || decided === undefined)
      throw new RangeError(`${input.hostname.hostname}: nothing was decided for provider ${name}`)
    const share = shareInRecords(decided, input)
    return versionSharesAt(input.hostname, provider, input.split).flatMap(({ version, share: versionShare }) => {
      const endpoints = endpointsFor(input.hostname, provider, version)
      return endpoints.flatMap((endpoint) => membersOf(input.hostname, provider, endpoint, (share * versionShare) / endpoints.length))
    })
  })
}

function membersRolledBackTo({ members }: Restored, input: WantedInput): RecordWithShare[] {
  const shares = new Map(input.decision.providers.map((decided) => [decided.provider, shareInRecords(decided, input)]))
  return restoredMembers(input.hostname.hostname, members, shares, input.split)
}

/** A withheld provider keeps a trickle behind its red check, so that Route 53 itself returns a trickle and not a flood. */
function shareInRecords(decided: ProviderDecision, { decision, returnWeight }: WantedInput): number {
  const withheld = decision.providers.filter(({ role }) => role === 'withheld').length
  switch (decided.role) {
    case 'serving':
    case 'waiting':
      return decided.share * (1 - withheld * returnWeight)
    case 'withheld':
      return returnWeight
    case 'none':
      return 0
  }
}

function membersOf(hostname: HostnamePolicy, provider: Provider, endpoint: Endpoint, share: number): RecordWithShare[] {
  return targets(endpoint.address, hostname.ttlSeconds).map(([type, target]) => ({
    share,
    record: {
      name: hostname.hostname,
      type,
      setIdentifier: setIdentifier(hostname.hostname, provider.name, endpoint.name, endpoint.of?.version),
      target,
      ...(endpoint.healthCheckId === undefined ? {} : { healthCheckId: endpoint.healthCheckId }),
    },
  }))
}

function targets(address: Address, ttlSeconds: number): [RecordType, RecordTarget][] {
  if ('cname' in address) return [['CNAME', { kind: 'values', values: [address.cname], ttlSeconds }]]
  if ('alias' in address) {
    const target: RecordTarget = { kind: 'alias', alias: address.alias }
    return address.ipv6
      ? [
          ['A', target],
          ['AAAA', target],
        ]
      : [['A', target]]
  }
  const found: [RecordType, RecordTarget][] = []
  if ('ipv4' in address) found.push(['A', { kind: 'values', values: [address.ipv4], ttlSeconds }])
  if (address.ipv6 !== undefined) found.push(['AAAA', { kind: 'values', values: [address.ipv6], ttlSeconds }])
  return found
}

function weigh(members: readonly RecordWithShare[], observed: ObservedRecords): WeightedRecord[] {
  const standing = new Map(observed.members.map((member) => [`${member.type} ${member.setIdentifier}`, member.weight]))
  const previous = members.map(({ record }) => standing.get(`${record.type} ${record.setIdentifier}`))
  const { weights } = quantise(
    members.map(({ share }) => share),
    previous,
  )
  return members.map(({ record }, index) => ({ ...record, weight: weights[index] ?? 0 }))
}
