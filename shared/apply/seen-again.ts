// What is known of a hostname after another look at its records.
import type { ObservedRecords } from '#model/observed-records.ts'
import { sameRecords } from '#model/record-identity.ts'
import type { HostnameRecords } from '#ports/records-store.ts'

/** They stay those of our last write for as long as they are the same. */
export function seenAgain(before: HostnameRecords | undefined, observed: ObservedRecords): HostnameRecords {
  const isOurs = before?.isOurs === true && sameRecords(before.observed.members, observed.members) ? true : undefined
  return { ...before, observed, isOurs }
}
