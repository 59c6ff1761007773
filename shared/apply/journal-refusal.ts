// Journals why a plan was not carried out: once, and again when the reason changes, not in every minute in which it lasts.
import type { Refusal } from '#model/plan.ts'
import type { Journal } from '#ports/journal.ts'
import type { HostnameRecords, RecordsStore } from '#ports/records-store.ts'

type RefusalPorts = { readonly records: Pick<RecordsStore, 'put'>; readonly journal: Pick<Journal, 'append'> }

/**
 * Without a refusal, the one that stood is forgotten, so that the next of its kind is news. A write forgets it by itself.
 *
 * @param stored as just read: it is put back. What nobody has stored remembers nothing, and its refusals are journalled each time
 * @param at epoch seconds
 */
export async function journalRefusal(
  hostname: string,
  refusals: readonly Refusal[],
  stored: HostnameRecords | undefined,
  at: number,
  { records, journal }: RefusalPorts,
): Promise<void> {
  const refused = refusalSignature(refusals)
  if (refused === stored?.refused) return
  if (refused !== undefined) await journal.append({ kind: 'refused', at, hostname, refusals: [...refusals] })
  if (stored !== undefined) await records.put({ ...stored, refused })
}

/** By guard and code: the numbers in a sentence may be others every minute. */
export function refusalSignature(refusals: readonly Refusal[]): string | undefined {
  return refusals.length === 0 ? undefined : refusals.map(({ guard, reason }) => `${guard} ${reason.code}`).join(', ')
}
