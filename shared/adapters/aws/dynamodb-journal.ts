// The journal and the decision records in the state table, newest first when read.
import { Decision } from '#model/decision.ts'
import { JournalEntry } from '#model/journal-entry.ts'
import type { Journal } from '#ports/journal.ts'
import type { StateTable } from './state-table.ts'

const DAY_SECONDS = 86_400
/** Journal entries outlive the question "what was it last month"; decisions are many and are kept for two weeks. */
const KEEP = { journalSeconds: 90 * DAY_SECONDS, decisionSeconds: 14 * DAY_SECONDS }

const JUDGED = '#judged#'

export function dynamodbJournal(table: StateTable): Journal {
  return {
    append: async (entry) => {
      await table.put(`journal#${entry.hostname}`, identityOf(entry), entry, { expiresAt: entry.at + KEEP.journalSeconds })
    },
    record: async (decision) => {
      await table.put(`decision#${decision.set}`, sortable(decision.at), decision, { expiresAt: decision.at + KEEP.decisionSeconds })
    },
    entries: async (hostname, limit, untilSeconds) =>
      (await table.query(`journal#${hostname}`, limit, lastAt(untilSeconds))).map(({ value }) => JournalEntry.parse(value)),
    judged: async (hostname) =>
      (await table.query(`journal#${hostname}`)).flatMap(({ identity, value }) => {
        if (!identity.includes(JUDGED)) return []
        const entry = JournalEntry.parse(value)
        return entry.kind === 'judged' ? [entry] : []
      }),
    decisions: async (set, limit, untilSeconds) =>
      (await table.query(`decision#${set}`, limit, lastAt(untilSeconds))).map(({ value }) => Decision.parse(value)),
  }
}

/**
 * A tick of a canary may judge several minutes and pass several transitions, all at one time: none may replace another. A minute that is judged
 * again, because a tick was lost on its way to the row, replaces itself: it stands where it ended, whenever that tick ran.
 */
function identityOf(entry: JournalEntry): string {
  if (entry.kind === 'judged') return `${sortable(entry.minute.minute + 60)}${JUDGED}${entry.generation}`
  return `${sortable(entry.at)}#${entry.kind}${entry.kind === 'canary' ? `#${entry.reason.code}` : ''}`
}

/** Not before any identity that begins with this time: `~` comes after everything that follows a time. */
function lastAt(untilSeconds: number | undefined): string | undefined {
  return untilSeconds === undefined ? undefined : `${sortable(untilSeconds)}~`
}

/** Epoch seconds as a text whose order is that of time. */
function sortable(at: number): string {
  return at.toFixed(3).padStart(15, '0')
}
