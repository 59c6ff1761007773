// Entries of one moment do not replace one another: a tick of a canary may judge several minutes and pass several transitions.
import { expect, it } from 'vitest'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import type { StateTable } from '#adapters/aws/state-table.ts'
import type { JournalEntry } from '#model/journal-entry.ts'

it('keeps every transition and every judged minute of one tick', async () => {
  const keys: string[] = []
  const table = { put: async (_kind: string, identity: string) => keys.push(identity) > 0 } as unknown as StateTable
  const journal = dynamodbJournal(table)
  const of = { at: 1_800_000_000, hostname: 'media.example.com', execution: 'arn', generation: 2 }
  const judged = (minute: number) => ({ ...of, kind: 'judged', minute: { minute }, verdict: {} }) as unknown as JournalEntry
  const canary = (code: string): JournalEntry => ({ ...of, kind: 'canary', reason: { code, sentence: code } })
  for (const entry of [judged(1_799_999_880), judged(1_799_999_940), canary('advance'), canary('shifted')]) await journal.append(entry)
  expect(new Set(keys).size).toBe(4)
  for (const key of keys) expect(key.startsWith('1800000000') || key.startsWith('01800000000')).toBe(true)
})
