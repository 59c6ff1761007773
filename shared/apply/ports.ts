// What the impure stage needs of the world.
import type { Clock } from '#ports/clock.ts'
import type { DnsZone } from '#ports/dns-zone.ts'
import type { Journal } from '#ports/journal.ts'
import type { RecordsStore } from '#ports/records-store.ts'

export type ApplyPorts = {
  readonly zone: DnsZone
  readonly records: RecordsStore
  readonly journal: Pick<Journal, 'append'>
  readonly clock: Clock
}
