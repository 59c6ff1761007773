// The memory of people: what was done and why.
import type { Decision } from '#model/decision.ts'
import type { JournalEntry } from '#model/journal-entry.ts'

export interface Journal {
  append(entry: JournalEntry): Promise<void>
  /** One decision record per tick and provider set, kept 14 days. */
  record(decision: Decision): Promise<void>
  /** Newest first; with `untilSeconds` (epoch) only what is not newer than that. */
  entries(hostname: string, limit: number, untilSeconds?: number): Promise<JournalEntry[]>
  decisions(set: string, limit: number, untilSeconds?: number): Promise<Decision[]>
}
