// What rebalance needs of the world. No DNS among it: only apply may write records.
import type { Applier } from '#ports/applier.ts'
import type { Clock } from '#ports/clock.ts'
import type { ConfigurationSource } from '#ports/configuration-source.ts'
import type { SplitSource } from '#ports/control-rows.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import type { Journal } from '#ports/journal.ts'
import type { MemoryStore } from '#ports/memory-store.ts'
import type { MetricReader } from '#ports/metric-reader.ts'
import type { OverrideStore } from '#ports/override-store.ts'
import type { RecordsStore } from '#ports/records-store.ts'

export type RebalancePorts = {
  readonly configuration: ConfigurationSource
  readonly metrics: MetricReader
  readonly memory: MemoryStore
  readonly records: Pick<RecordsStore, 'load' | 'put'>
  readonly overrides: OverrideStore
  readonly splits: SplitSource
  readonly goodPlans: Pick<GoodPlanStore, 'get' | 'put'>
  readonly journal: Pick<Journal, 'append' | 'record'>
  readonly applier: Applier
  readonly clock: Clock
}
