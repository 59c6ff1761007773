// The journal and the decision records in the state table, newest first when read.
import { Decision } from '#model/decision.ts'
import { fingerprintOf } from '#model/fingerprint.ts'
import { JournalEntry, type JudgedEntry } from '#model/journal-entry.ts'
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
    keepJudged: async (entry, revision) => {
      const kind = `journal#${entry.hostname}`
      const isKept = await table.put(kind, minuteOf(entry), entry, {
        expiresAt: entry.at + KEEP.journalSeconds,
        attributes: { basis: revision },
        condition: { expression: 'attribute_not_exists(pk) OR basis < :basis', values: { ':basis': revision } },
      })
      if (isKept) return entry
      const stands = JournalEntry.parse((await table.get(kind, minuteOf(entry)))?.value ?? entry)
      return stands.kind === 'judged' ? stands : entry
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
 * Several runs may write of one hostname within one millisecond, and a tick of a canary may pass several transitions: what an entry says is part of its
 * identity, so that none can replace another.
 */
function identityOf(entry: Exclude<JournalEntry, JudgedEntry>): string {
  const what = entry.kind === 'canary' ? `canary#${entry.reason.code}` : entry.kind
  return `${sortable(entry.at)}#${what}#${fingerprintOf(JSON.stringify(entry))}`
}

/** A minute that is judged again, because a tick was lost on its way to the row, has the same identity: it stands where it ended, whenever that tick ran. */
function minuteOf({ minute, generation }: JudgedEntry): string {
  return `${sortable(minute.minute + 60)}${JUDGED}${generation}`
}

/** Not before any identity that begins with this time: `~` comes after everything that follows a time. */
function lastAt(untilSeconds: number | undefined): string | undefined {
  return untilSeconds === undefined ? undefined : `${sortable(untilSeconds)}~`
}

/** Epoch seconds as a text whose order is that of time. */
function sortable(at: number): string {
  return at.toFixed(3).padStart(15, '0')
}
