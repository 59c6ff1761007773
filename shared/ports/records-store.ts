// What was last observed in Route 53, and the receipt of the last change, per hostname.
import type { ObservedRecords } from '#model/observed-records.ts'
import type { Receipt } from '#model/receipt.ts'

export type HostnameRecords = {
  readonly observed: ObservedRecords
  readonly receipt?: Receipt | undefined
  /** `observed` is what our last write left, as far as anybody has looked: what differs from the plan is then no overwriting by somebody else. */
  readonly isOurs?: true | undefined
  /** Writes that replaced what somebody else had changed, with no hour between two of them; `lastAt` in epoch seconds. */
  readonly repairs?: { readonly count: number; readonly lastAt: number } | undefined
  /** Guards and codes of the refusal that was journalled last; absent once something was written, or nothing is refused any more. */
  readonly refused?: string | undefined
}

export interface RecordsStore {
  /** All hostnames of the stage that have been observed. */
  load(): Promise<Map<string, HostnameRecords>>
  get(hostname: string): Promise<HostnameRecords | undefined>
  /** An observation older than the stored one is ignored and answers false. */
  put(records: HostnameRecords): Promise<boolean>
  /** Hostnames of which something is stored that cannot be read: `load` and `get` leave them out. */
  unreadable(): Promise<readonly string[]>
}
