// Route 53's choice among weighted records, as a table of its documented rules.
import { describe, expect, it } from 'vitest'
import { answer, answerChances } from '#local/dns/answer.ts'
import { aWeighted } from './a-record-set.ts'

const red =
  (...ids: string[]) =>
  (id: string) =>
    !ids.includes(id)

type Row = { rule: string; members: [string, number, string?][]; redChecks: string[]; chances: Record<string, number> }

const ROWS: Row[] = [
  {
    rule: 'the chance is weight over sum of weights',
    members: [
      ['a', 3],
      ['b', 1],
    ],
    redChecks: [],
    chances: { a: 0.75, b: 0.25 },
  },
  {
    rule: 'weight 0 is not chosen while another is above 0',
    members: [
      ['a', 0],
      ['b', 5],
    ],
    redChecks: [],
    chances: { a: 0, b: 1 },
  },
  {
    rule: 'all weights 0 give equal chances',
    members: [
      ['a', 0],
      ['b', 0],
    ],
    redChecks: [],
    chances: { a: 0.5, b: 0.5 },
  },
  {
    rule: 'an unhealthy record is left out',
    members: [
      ['a', 3, 'ha'],
      ['b', 1, 'hb'],
    ],
    redChecks: ['ha'],
    chances: { a: 0, b: 1 },
  },
  {
    rule: 'a record without a check is healthy',
    members: [
      ['a', 3, 'ha'],
      ['b', 1],
    ],
    redChecks: ['ha'],
    chances: { a: 0, b: 1 },
  },
  {
    rule: 'weight 0 is a last resort when every non-zero record is unhealthy',
    members: [
      ['a', 9, 'ha'],
      ['b', 0, 'hb'],
      ['c', 0, 'hc'],
    ],
    redChecks: ['ha'],
    chances: { a: 0, b: 0.5, c: 0.5 },
  },
  {
    rule: 'when no record is healthy all count as healthy, and the weights decide again',
    members: [
      ['a', 3, 'ha'],
      ['b', 1, 'hb'],
      ['c', 0, 'hc'],
    ],
    redChecks: ['ha', 'hb', 'hc'],
    chances: { a: 0.75, b: 0.25, c: 0 },
  },
  {
    rule: 'all zero and all unhealthy are equal again',
    members: [
      ['a', 0, 'ha'],
      ['b', 0, 'hb'],
    ],
    redChecks: ['ha', 'hb'],
    chances: { a: 0.5, b: 0.5 },
  },
  {
    rule: 'all zero: an unhealthy one is left out',
    members: [
      ['a', 0, 'ha'],
      ['b', 0, 'hb'],
    ],
    redChecks: ['ha'],
    chances: { a: 0, b: 1 },
  },
]

describe('the record Route 53 answers with', () => {
  it.each(ROWS)('$rule', ({ members, redChecks, chances }) => {
    const records = members.map(([id, weight, check]) => aWeighted(id, weight, check))
    const said = Object.fromEntries(
      [...answerChances(records, red(...redChecks))].map(([record, chance]) => [record.setIdentifier, chance]),
    )
    expect(said).toEqual(chances)
  })

  it.each(ROWS)('is drawn with those chances: $rule', ({ members, redChecks, chances }) => {
    const records = members.map(([id, weight, check]) => aWeighted(id, weight, check))
    const draws = 400
    const counts: Record<string, number> = {}
    for (let i = 0; i < draws; i += 1) {
      const id = answer(records, red(...redChecks), () => (i + 0.5) / draws)?.setIdentifier ?? 'none'
      counts[id] = (counts[id] ?? 0) + 1
    }
    for (const [id, chance] of Object.entries(chances)) expect((counts[id] ?? 0) / draws).toBeCloseTo(chance, 2)
  })

  it('is none when there are no records', () => {
    expect(answer([], red(), () => 0)).toBeUndefined()
  })
})
