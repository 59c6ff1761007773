// The control rows of canaries, advanced by conditional writes: of two orders at once only one wins.
import type { ControlRow } from '#model/canary.ts'
import type { Split } from '#model/split.ts'
import type { Revised } from './memory-store.ts'

export interface ControlRows {
  get(hostname: string): Promise<Revised<ControlRow>>
  list(): Promise<ControlRow[]>
  /** False when somebody advanced the row since `revision` was read; nothing is written then. */
  advance(row: ControlRow, revision: number): Promise<boolean>
}

/** What rebalance needs of them. */
export interface SplitSource {
  list(): Promise<Split[]>
}
