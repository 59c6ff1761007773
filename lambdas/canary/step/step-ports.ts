// What step needs of the world.
import type { CanaryJudge, CanaryNews, Rebalancer } from '#ports/canary-judge.ts'
import type { Clock } from '#ports/clock.ts'
import type { ConfigurationSource } from '#ports/configuration-source.ts'
import type { ControlRows } from '#ports/control-rows.ts'
import type { GateChecks } from '#ports/gate-checks.ts'
import type { Journal } from '#ports/journal.ts'
import type { RecordsStore } from '#ports/records-store.ts'

export type StepPorts = {
  readonly configuration: ConfigurationSource
  readonly rows: Pick<ControlRows, 'get' | 'advance'>
  readonly records: Pick<RecordsStore, 'get'>
  readonly journal: Pick<Journal, 'append' | 'keepJudged' | 'decisions'>
  readonly judge: CanaryJudge
  readonly rebalancer: Rebalancer
  readonly checks: GateChecks
  readonly news: CanaryNews
  readonly clock: Clock
  /** Something that must not stop a canary went wrong. */
  readonly onTrouble: (what: string, error: unknown) => void
}
