// What the page shows and what it can ask for.
import type { Action, ActionOutcome } from '#local/world/action.ts'
import type { Point, Snapshot, Story } from '#local/world/snapshot.ts'

export interface PageSource {
  snapshot(): Snapshot
  /** Bounded, oldest first. */
  points(): readonly Point[]
  /** Bounded, oldest first. */
  stories(): readonly Story[]
  act(action: Action): Promise<ActionOutcome>
}
