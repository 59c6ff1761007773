// Stores the memory of a tick. Of two runs on one metric window only one gets through.
import type { Memory } from '#pipeline.ts'
import type { MemoryStore } from '#ports/memory-store.ts'

export type Recalled = { readonly memory: Memory; readonly revisionOf: (kind: 'provider' | 'set', name: string) => number }

export async function recall(store: MemoryStore): Promise<Recalled> {
  const [providers, sets] = await Promise.all([store.providers(), store.sets()])
  return {
    memory: {
      providers: Object.fromEntries([...providers].map(([name, { value }]) => [name, value])),
      sets: Object.fromEntries([...sets].map(([id, { value }]) => [id, value])),
    },
    revisionOf: (kind, name) => (kind === 'provider' ? providers : sets).get(name)?.revision ?? 0,
  }
}

/** Writes what changed since `recalled`. False when somebody else was faster with any of it. */
export async function remember(store: MemoryStore, recalled: Recalled, memory: Memory): Promise<boolean> {
  for (const [name, provider] of Object.entries(memory.providers)) {
    if (provider === undefined || isSame(provider, recalled.memory.providers[name])) continue
    if (!(await store.advanceProvider(provider, recalled.revisionOf('provider', name)))) return false
  }
  for (const [id, set] of Object.entries(memory.sets)) {
    if (set === undefined || isSame(set, recalled.memory.sets[id])) continue
    if (!(await store.advanceSet(set, recalled.revisionOf('set', id)))) return false
  }
  return true
}

/** Both sides come from the same code with the same order of keys, or through JSON, which keeps it. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
