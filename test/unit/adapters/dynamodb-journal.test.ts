// Entries of one moment do not replace one another: a tick of a canary may judge several minutes and pass several transitions. A minute judged again does.
import { expect, it } from 'vitest'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import type { StateTable } from '#adapters/aws/state-table.ts'
import { replay } from '#canary/judge/replay.ts'
import type { JournalEntry } from '#model/journal-entry.ts'
import { judgeSettings } from '#test/builders/judge.ts'

function aJournal() {
  const items = new Map<string, unknown>()
  const table = {
    put: async (_kind: string, identity: string, value: unknown) => items.set(identity, value).size > 0,
    query: async () => [...items].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([identity, value]) => ({ identity, value, revision: 0 })),
  } as unknown as StateTable
  return { items, journal: dynamodbJournal(table) }
}

const OF = { at: 1_800_000_000, hostname: 'media.example.com', execution: 'arn', generation: 2 }
const canary = (code: string): JournalEntry => ({ ...OF, kind: 'canary', reason: { code, sentence: code } })
const judged = (minute: number, more: object = {}): JournalEntry => {
  const [verdict] = replay([{ minute }], judgeSettings())
  if (verdict === undefined) throw new Error('one verdict for each minute')
  return { ...OF, kind: 'judged', minute: { minute }, verdict, ...more }
}

it('keeps every transition and every judged minute of one tick', async () => {
  const { items, journal } = aJournal()
  for (const entry of [judged(1_799_999_880), judged(1_799_999_940), canary('advance'), canary('shifted')]) await journal.append(entry)
  // In the order of time: a minute stands where it ended.
  expect([...items.keys()].toSorted()).toEqual([
    '01799999940.000#judged#2',
    '01800000000.000#canary#advance',
    '01800000000.000#canary#shifted',
    '01800000000.000#judged#2',
  ])
})

it('replayable: a minute that is judged again by a later run replaces itself, and not that of another canary', async () => {
  const { journal } = aJournal()
  const again = judged(1_799_999_940, { at: OF.at + 60 })
  const another = judged(1_799_999_940, { generation: 4 })
  for (const entry of [judged(1_799_999_940), canary('advance'), again, another, judged(1_799_999_880)]) await journal.append(entry)
  expect(await journal.judged(OF.hostname)).toEqual([judged(1_799_999_880), again, another])
})
