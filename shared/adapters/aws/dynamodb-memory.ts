// The estimator's memory in the state table: one item per provider and one per provider set.
import { ProviderMemory, SetMemory } from '#model/memory.ts'
import type { MemoryStore, Revised } from '#ports/memory-store.ts'
import type { StateTable } from './state-table.ts'

export function dynamodbMemory(table: StateTable): MemoryStore {
  const load = async <T>(kind: string, schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } }) => {
    const items = await table.query(kind)
    // A memory of another shape (an older version's) is a cold start under the same revision, not an error.
    return new Map(
      items.map(({ identity, value, revision }): [string, Revised<T>] => {
        const parsed = schema.safeParse(value)
        return [identity, { value: parsed.success ? parsed.data : undefined, revision }]
      }),
    )
  }
  return {
    providers: () => load('memory', ProviderMemory),
    sets: () => load('set', SetMemory),
    advanceProvider: (memory, revision) => table.advance('memory', memory.provider, memory, revision),
    advanceSet: (memory, revision) => table.advance('set', memory.set, memory, revision),
  }
}
