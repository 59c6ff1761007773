// The state table in memory, with the same conditional writes.
import type { ControlRow } from '#model/canary.ts'
import type { Decision } from '#model/decision.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { JournalEntry } from '#model/journal-entry.ts'
import type { ProviderMemory, SetMemory } from '#model/memory.ts'
import { type Override, overrideKey, subjectOf } from '#model/override.ts'
import type { ControlRows } from '#ports/control-rows.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import type { Journal } from '#ports/journal.ts'
import type { MemoryStore, Revised } from '#ports/memory-store.ts'
import type { OverrideStore } from '#ports/override-store.ts'
import type { HostnameRecords, RecordsStore } from '#ports/records-store.ts'

export function memoryRecords(initial: readonly HostnameRecords[] = []): RecordsStore {
  const stored = new Map(initial.map((records) => [records.observed.hostname, records]))
  return {
    load: async () => new Map(stored),
    get: async (hostname) => stored.get(hostname),
    put: async (records) => {
      const before = stored.get(records.observed.hostname)
      if (before !== undefined && before.observed.observedAt > records.observed.observedAt) return false
      stored.set(records.observed.hostname, records)
      return true
    },
    unreadable: async () => [],
  }
}

export function memoryMemory(): MemoryStore {
  const providers = new Map<string, Revised<ProviderMemory>>()
  const sets = new Map<string, Revised<SetMemory>>()
  const advance = <T>(map: Map<string, Revised<T>>, key: string, value: T, revision: number) => {
    if ((map.get(key)?.revision ?? 0) !== revision) return false
    // Through JSON, as the table does it: what does not survive that must not be relied on.
    map.set(key, { value: JSON.parse(JSON.stringify(value)) as T, revision: revision + 1 })
    return true
  }
  return {
    providers: async () => new Map(providers),
    sets: async () => new Map(sets),
    advanceProvider: async (memory, revision) => advance(providers, memory.provider, memory, revision),
    advanceSet: async (memory, revision) => advance(sets, memory.set, memory, revision),
  }
}

export function memoryOverrides(): OverrideStore {
  const stored = new Map<string, Override>()
  return {
    list: async () => [...stored.values()],
    put: async (override) => {
      stored.set(overrideKey(override.kind, subjectOf(override)), override)
    },
    remove: async (key) => {
      const removed = stored.get(key)
      stored.delete(key)
      return removed
    },
  }
}

export function memoryJournal(): Journal & { readonly all: JournalEntry[]; readonly recorded: Decision[] } {
  const all: JournalEntry[] = []
  const recorded: Decision[] = []
  /** The revision of the row that a judged minute was counted from. */
  const bases = new Map<JournalEntry, number>()
  return {
    all,
    recorded,
    // Through JSON, as the table does it.
    append: async (entry) => void all.push(JSON.parse(JSON.stringify(entry)) as JournalEntry),
    keepJudged: async (given, revision) => {
      const entry = JSON.parse(JSON.stringify(given)) as typeof given
      const same = all.findIndex((one) => isSameMinute(one, entry))
      const stands = all[same]
      if (stands?.kind === 'judged' && (bases.get(stands) ?? 0) >= revision) return stands
      bases.set(entry, revision)
      if (same < 0) all.push(entry)
      else all[same] = entry
      return entry
    },
    record: async (decision) => {
      recorded.push(decision)
    },
    entries: async (hostname, limit, untilSeconds = Number.POSITIVE_INFINITY) =>
      all
        .filter((entry) => entry.hostname === hostname && entry.at <= untilSeconds)
        .toReversed()
        .slice(0, limit),
    judged: async (hostname) =>
      all
        .filter((entry) => entry.kind === 'judged')
        .filter((entry) => entry.hostname === hostname)
        .toSorted((a, b) => a.minute.minute - b.minute.minute),
    decisions: async (set, limit, untilSeconds = Number.POSITIVE_INFINITY) =>
      recorded
        .filter((decision) => decision.set === set && decision.at <= untilSeconds)
        .toReversed()
        .slice(0, limit),
  }
}

function isSameMinute(one: JournalEntry, other: JournalEntry): boolean {
  if (one.kind !== 'judged' || other.kind !== 'judged') return false
  return one.hostname === other.hostname && one.generation === other.generation && one.minute.minute === other.minute.minute
}

export function memoryGoodPlans(initial: readonly GoodPlan[] = []): GoodPlanStore {
  const stored = new Map(initial.map((plan) => [plan.hostname, plan]))
  return {
    load: async () => [...stored.values()],
    get: async (hostname) => stored.get(hostname),
    put: async (plan) => void stored.set(plan.hostname, plan),
    unreadable: async () => [],
  }
}

export function memoryControlRows(initial: readonly ControlRow[] = []): ControlRows {
  const stored = new Map<string, Revised<ControlRow>>(initial.map((value) => [value.hostname, { value, revision: 1 }]))
  return {
    get: async (hostname) => stored.get(hostname) ?? { value: undefined, revision: 0 },
    list: async () => [...stored.values()].flatMap(({ value }) => value ?? []),
    advance: async (row, revision) => {
      if ((stored.get(row.hostname)?.revision ?? 0) !== revision) return false
      stored.set(row.hostname, { value: JSON.parse(JSON.stringify(row)) as ControlRow, revision: revision + 1 })
      return true
    },
  }
}
