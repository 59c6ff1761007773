// The memory of people: what was done and why.
import type { Decision } from '#model/decision.ts'
import type { JournalEntry, JudgedEntry } from '#model/journal-entry.ts'

export interface Journal {
  /** No entry replaces another: the same one appended again is one. */
  append(entry: Exclude<JournalEntry, JudgedEntry>): Promise<void>
  /**
   * What was said of one minute of a canary, by a run that read the control row at `revision`. A run that read a later row replaces what an earlier one left;
   * of two that read the same row, what the first wrote stands.
   *
   * @returns what stands
   */
  keepJudged(entry: JudgedEntry, revision: number): Promise<JudgedEntry>
  /** One decision record per tick and provider set, kept 14 days. */
  record(decision: Decision): Promise<void>
  /** Newest first; with `untilSeconds` (epoch) only what is not newer than that. */
  entries(hostname: string, limit: number, untilSeconds?: number): Promise<JournalEntry[]>
  /** All judged minutes that are kept, oldest first: what a replay begins with. */
  judged(hostname: string): Promise<JudgedEntry[]>
  decisions(set: string, limit: number, untilSeconds?: number): Promise<Decision[]>
}
