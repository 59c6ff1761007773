// Entries of the journal, as a person reads them: when, what, and the sentence.
import { changeIdText } from '#cli/text/change-id-text.ts'
import { changeLines } from '#cli/text/change-lines.ts'
import { durationText } from '#cli/text/duration-text.ts'
import { type Here, momentText } from '#cli/text/moment-text.ts'
import { overrideText, subjectText } from '#cli/text/override-text.ts'
import type { JournalEntry } from '#model/journal-entry.ts'

export function journalLines(entries: readonly JournalEntry[], here: Here): string[] {
  return entries.flatMap((entry) => {
    const [first = '', ...more] = entryText(entry, here)
    return [`${momentText(entry.at, here)}  ${first}`, ...more.map((line) => `    ${line}`)]
  })
}

function entryText(entry: JournalEntry, here: Here): string[] {
  switch (entry.kind) {
    case 'applied': {
      const { fence, reason } = entry.receipt
      return [
        `written: ${reason.sentence}`,
        ...changeLines(entry.hostname, entry.changes),
        `${changeIdText(entry.receipt)}, generation ${fence.generation} sequence ${fence.sequence}`,
      ]
    }
    case 'inSync': {
      const { submittedAt, inSyncAt } = entry.receipt
      return [`in sync: ${changeIdText(entry.receipt)}${inSyncAt === undefined ? '' : ` after ${durationText(inSyncAt - submittedAt)}`}`]
    }
    case 'refused':
      return ['refused', ...entry.refusals.map(({ guard, reason }) => `${guard}: ${reason.sentence}`)]
    case 'conflict':
      return [`conflict: ${entry.reason.sentence}`]
    case 'canary':
      return [`canary: ${entry.reason.sentence} (generation ${entry.generation})`]
    case 'judged':
      return [`judged ${entry.verdict.verdict}: ${entry.verdict.reason.sentence}`]
    case 'override': {
      const { override, action } = entry
      if (action === 'set') return [`set: ${overrideText(override, here)}`]
      return [`ended: ${subjectText(override)}, by ${override.author}: ${override.reason}`]
    }
  }
}
