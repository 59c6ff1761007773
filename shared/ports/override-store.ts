// The overrides in force.
import type { Override } from '#model/override.ts'

export interface OverrideStore {
  list(): Promise<Override[]>
  put(override: Override): Promise<void>
  /** The override that was ended, or undefined if there was none. `key` as `overrideKey` gives it. */
  remove(key: string): Promise<Override | undefined>
}
