// What the impure stage needs of the world.
import type { Clock } from '#ports/clock.ts'
import type { DnsZone } from '#ports/dns-zone.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import type { Journal } from '#ports/journal.ts'
import type { OverrideStore } from '#ports/override-store.ts'
import type { RecordsStore } from '#ports/records-store.ts'

export type ApplyPorts = {
  readonly zone: DnsZone
  readonly records: RecordsStore
  readonly overrides: Pick<OverrideStore, 'list' | 'put'>
  readonly goodPlans: Pick<GoodPlanStore, 'get'>
  readonly journal: Pick<Journal, 'append'>
  readonly clock: Clock
}
