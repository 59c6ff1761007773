// The records of a hosted zone: read all of a hostname, swap them in one atomic batch, ask whether a change is in sync.
import type { Fence } from '#model/fence.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { WeightedRecord } from '#model/record.ts'

/** Every deletion names the record exactly as it stands, so the batch fails as a whole if anything differs. */
export type RecordSwap = {
  readonly zoneId: string
  readonly hostname: string
  readonly remove: readonly WeightedRecord[]
  readonly create: readonly WeightedRecord[]
  readonly fence: {
    readonly before: (Fence & { readonly ttlSeconds: number }) | undefined
    readonly after: Fence & { readonly ttlSeconds: number }
  }
  readonly comment: string
}

export type SwapOutcome =
  | { readonly kind: 'accepted'; readonly changeId: string }
  /** The batch did not fit what stands; `messages` are Route 53's own, as far as it gave any. */
  | { readonly kind: 'conflict'; readonly messages: readonly string[] }
  | { readonly kind: 'throttled'; readonly message: string }

export interface DnsZone {
  list(zoneId: string, hostname: string): Promise<ObservedRecords>
  /** The same for many hostnames of a zone, each once, in any order, in far fewer calls. A zone need not offer it. */
  walk?(zoneId: string, hostnames: readonly string[]): AsyncIterable<ObservedRecords>
  swap(swap: RecordSwap): Promise<SwapOutcome>
  changeStatus(changeId: string): Promise<'PENDING' | 'INSYNC'>
}

/** Each hostname once; the caller may stop whenever it likes. */
export async function* walkZone(
  zone: Pick<DnsZone, 'list' | 'walk'>,
  zoneId: string,
  hostnames: readonly string[],
): AsyncGenerator<ObservedRecords> {
  if (zone.walk !== undefined) yield* zone.walk(zoneId, hostnames)
  else for (const hostname of hostnames) yield await zone.list(zoneId, hostname)
}
