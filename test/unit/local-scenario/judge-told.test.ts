// A story is right when it goes as expected with the controller, and when without it exactly those lines fail that say so.
import { describe, expect, it } from 'vitest'
import type { Checked } from '#local/scenario/checked.ts'
import { judgeTold } from '#local/scenario/judge-told.ts'

const line = (isMet: boolean, bites?: true): Checked => ({ isMet, expected: 'failed at most 5 %', seen: '17 %', ...(bites && { bites }) })
const told = (isControlled: boolean, code: number, ...expectations: Checked[]) => ({
  isControlled,
  code,
  seconds: 60,
  isOwnSpeed: true,
  isBusy: false,
  ending: { expectations, permissions: { granted: [], used: [] } },
})

describe('with the controller a story', () => {
  it('is right when all is met', () => {
    expect(judgeTold(told(true, 0, line(true), line(true, true)))).toMatchObject({ isRight: true })
  })

  it.each([
    ['an expectation is not met', told(true, 1, line(true), line(false))],
    ['it ended with another exit code', told(true, 2, line(true))],
    ['it took longer than 90 s at its own speed', { ...told(true, 0, line(true)), seconds: 91 }],
    ['it ended before its story did', { ...told(true, 1), ending: undefined }],
  ])('is wrong when %s', (_what, one) => {
    expect(judgeTold(one)).toMatchObject({ isRight: false })
  })
})

it.each([
  ['at a speed of somebody else', { isOwnSpeed: false }],
  ['on a computer that is busy with other things', { isBusy: true }],
])('a story may take longer %s', (_what, over) => {
  expect(judgeTold({ ...told(true, 0, line(true)), seconds: 91, ...over })).toMatchObject({ isRight: true })
})

describe('without the controller a story', () => {
  it('is right when what bites fails, and says by how much', () => {
    expect(judgeTold(told(false, 1, line(true), line(false, true)))).toEqual({
      isRight: true,
      sentence: 'fails, as it should: failed at most 5 %: 17 %',
    })
  })

  it('in which nothing bites is right when it passes', () => {
    expect(judgeTold(told(false, 0, line(true)))).toMatchObject({ isRight: true })
    expect(judgeTold(told(false, 1, line(false)))).toMatchObject({ isRight: false })
  })

  it.each([
    ['one line that should bite is met', told(false, 1, line(false, true), line(true, true))],
    ['only a line fails that nobody measured', told(false, 1, line(false), line(true, true))],
    ['it ended with another exit code', told(false, 2, line(false, true))],
  ])('is wrong when %s', (_what, one) => {
    expect(judgeTold(one)).toMatchObject({ isRight: false })
  })
})
