// The shares that the records of a set really give, as far as somebody has looked.
import type { HostnamePolicy } from '#model/hostname.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { ProviderSet } from '#model/provider-set.ts'
import type { Receipt } from '#model/receipt.ts'
import { sharesOf } from '#model/record-identity.ts'

/** What is known of Route 53, by hostname. */
export type KnownRecords = ReadonlyMap<
  string,
  { readonly observed: ObservedRecords; readonly receipt?: Receipt | undefined; readonly isOurs?: true | undefined }
>

/** Whether nobody holds, pauses or only observes a hostname. */
type IsFree = (policy: HostnamePolicy) => boolean

type Shares = Readonly<Record<string, number>>

/** Whole weights differ from the shares they stand for by up to 0.2 points; a share below 1/256 is rounded up. */
const ROUNDING = 0.005

/** The shares in the records of one hostname; undefined where nobody has looked, or nothing of ours has weight. */
export function standingShares({ hostname, providers }: HostnamePolicy, records: KnownRecords): Shares | undefined {
  const standing = sharesOf(hostname, records.get(hostname)?.observed.members ?? [])
  const own = providers.map(({ provider }) => [provider, standing[provider] ?? 0] as const)
  const total = own.reduce((sum, [, share]) => sum + share, 0)
  return total > 0 ? Object.fromEntries(own.map(([provider, share]) => [provider, share / total])) : undefined
}

/**
 * What a set without memory begins from: the records of a hostname that nobody holds, else of any. `unseen` until somebody has looked at
 * all of them; undefined when there are none yet.
 */
export function sharesFound({ hostnames }: ProviderSet, records: KnownRecords, isFree: IsFree): Shares | 'unseen' | undefined {
  if (hostnames.some(({ hostname }) => !records.has(hostname))) return 'unseen'
  return [...hostnames.filter(isFree), ...hostnames].map((one) => standingShares(one, records)).find((shares) => shares !== undefined)
}

/** What the records say of the shares decided before: do they carry them, and if not, was it somebody else who changed them? */
export type Following = { readonly isFollowed: boolean; readonly isEditedByHand: boolean }

/** The load is measured over all hostnames of a set: it is followed when each is free and carries its shares. */
export function following({ hostnames }: ProviderSet, decided: Shares, records: KnownRecords, isFree: IsFree): Following {
  const carries = (policy: HostnamePolicy) => {
    const standing = standingShares(policy, records)
    return standing !== undefined && Object.entries(decided).every(([name, share]) => Math.abs((standing[name] ?? 0) - share) <= ROUNDING)
  }
  return {
    isFollowed: hostnames.every((policy) => isFree(policy) && carries(policy)),
    isEditedByHand: hostnames.some((policy) => isFree(policy) && !carries(policy) && records.get(policy.hostname)?.isOurs !== true),
  }
}
