// The estimator's memory, advanced by conditional writes: of two runs on one window only one wins.
import type { ProviderMemory, SetMemory } from '#model/memory.ts'

/** A value with the revision under which it was read; 0 means it did not exist. */
export type Revised<T> = { readonly value: T | undefined; readonly revision: number }

export interface MemoryStore {
  providers(): Promise<Map<string, Revised<ProviderMemory>>>
  sets(): Promise<Map<string, Revised<SetMemory>>>
  /** False when somebody advanced it since `revision` was read; nothing is written then. */
  advanceProvider(memory: ProviderMemory, revision: number): Promise<boolean>
  advanceSet(memory: SetMemory, revision: number): Promise<boolean>
}
