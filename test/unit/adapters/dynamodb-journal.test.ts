// Entries of one moment do not replace one another: a tick of a canary may judge several minutes and pass several transitions. A minute judged again does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dynamodbJournal } from '#adapters/aws/dynamodb-journal.ts'
import { replay } from '#canary/judge/replay.ts'
import type { JournalEntry, JudgedEntry } from '#model/journal-entry.ts'
import type { Journal } from '#ports/journal.ts'
import { judgeSettings } from '#test/builders/judge.ts'
import { type TableOnTheWire, tableOnTheWire } from '#test/builders/table-on-the-wire.ts'

let wire: TableOnTheWire
let journal: Journal
let hostname = ''
let count = 0

beforeAll(async () => {
  wire = await tableOnTheWire()
})
afterAll(() => wire.close())

/** A hostname without a past. */
const begin = () => {
  count += 1
  hostname = `media-${count}.example.com`
  journal = dynamodbJournal(wire.table)
}
const of = () => ({ at: 1_800_000_000, hostname, execution: 'arn', generation: 2 })
const canary = (code: string, sentence = code) => ({ ...of(), kind: 'canary', reason: { code, sentence } }) as const
const judged = (minute: number, more: Partial<JudgedEntry> = {}): JudgedEntry => {
  const [verdict] = replay([{ minute }], judgeSettings())
  if (verdict === undefined) throw new Error('one verdict for each minute')
  return { ...of(), kind: 'judged', minute: { minute }, verdict, ...more }
}
const counted = (requests: number) => judged(1_799_999_940, { minute: { minute: 1_799_999_940, canary: { requests, failures: 0 } } })
const said = (entries: readonly JournalEntry[]) => entries.map((entry) => ('reason' in entry ? entry.reason.sentence : entry.kind))

it('keeps every transition and every judged minute of one tick, each minute where it ended', async () => {
  begin()
  for (const minute of [judged(1_799_999_880), judged(1_799_999_940)]) await journal.keepJudged(minute, 1)
  for (const entry of [canary('advance'), canary('shifted')]) await journal.append(entry)
  expect(said(await journal.entries(hostname, 10))).toEqual(['judged', 'shifted', 'advance', 'judged'])
})

it('keeps what two say within one millisecond, and what one says twice once', async () => {
  begin()
  await Promise.all(['one', 'two', 'two'].map((sentence) => journal.append(canary('paused', sentence))))
  expect(said(await journal.entries(hostname, 10)).toSorted()).toEqual(['one', 'two'])
})

it('replayable: a minute that is judged again by a later run replaces itself, and not that of another canary', async () => {
  begin()
  const again = judged(1_799_999_940, { at: of().at + 60 })
  const another = judged(1_799_999_940, { generation: 4 })
  await journal.keepJudged(judged(1_799_999_940), 1)
  await journal.append(canary('advance'))
  for (const entry of [again, another, judged(1_799_999_880)]) await journal.keepJudged(entry, 2)
  expect(await journal.judged(hostname)).toEqual([judged(1_799_999_880), again, another])
})

describe('replayable: of two runs that judge one minute', () => {
  it('at the same moment from the same row, one is kept, and both are told which', async () => {
    begin()
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => journal.keepJudged(counted(100 + i), 5)))
    const [stands, ...others] = await journal.judged(hostname)
    expect(others).toEqual([])
    expect(all).toEqual(all.map(() => stands))
  })

  it('the one that read an older row replaces nothing, however late it writes', async () => {
    begin()
    await journal.keepJudged(counted(100), 6)
    expect(await journal.keepJudged(counted(90), 5)).toEqual(counted(100))
    expect(await journal.judged(hostname)).toEqual([counted(100)])
  })
})
