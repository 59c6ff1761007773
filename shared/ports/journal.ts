// The memory of people: what was done and why.
import type { Decision } from '#model/decision.ts'
import type { JournalEntry, JudgedEntry } from '#model/journal-entry.ts'

export interface Journal {
  /** A judged minute replaces the one of the same canary and minute. */
  append(entry: JournalEntry): Promise<void>
  /** One decision record per tick and provider set, kept 14 days. */
  record(decision: Decision): Promise<void>
  /** Newest first; with `untilSeconds` (epoch) only what is not newer than that. */
  entries(hostname: string, limit: number, untilSeconds?: number): Promise<JournalEntry[]>
  /** All judged minutes that are kept, oldest first: what a replay begins with. */
  judged(hostname: string): Promise<JudgedEntry[]>
  decisions(set: string, limit: number, untilSeconds?: number): Promise<Decision[]>
}
