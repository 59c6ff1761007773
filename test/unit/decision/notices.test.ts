// What a person should know of a decision beyond the shares.
import { describe, expect, test } from 'vitest'
import { type NoticeInput, notices } from '#decision/notices.ts'
import { Policy } from '#model/policy.ts'
import { aMember } from '#test/builders/members.ts'

const policy = Policy.parse({})
type Calm = {
  standing?: Partial<NoticeInput['standing']>
  target?: Partial<NonNullable<NoticeInput['target']>>
  choice?: Partial<NoticeInput['choice']>
}

/** Two members of 100 requests/s each with a demand of 120, unless said otherwise. */
const told = ({ standing, target, choice }: Calm = {}, rest: Partial<NoticeInput> = {}) =>
  notices({
    standing: { members: [aMember(), aMember({ name: 'hetzner' })], demand: 120, isPanic: false, ...standing },
    target: { shares: [0.5, 0.5], capacities: [100, 100], isRelieved: false, isHeld: false, ...target },
    choice: {
      isChange: false,
      cause: 'signal',
      shares: [0.5, 0.5],
      isVelocityBound: false,
      tidySince: undefined,
      removals: undefined,
      ...choice,
    },
    missing: 0,
    required: 8,
    isBlind: false,
    policy,
    ...rest,
  })

test('a calm decision has nothing to say', () => expect(told()).toEqual([]))

test('a panic is said with whose checks are doubted and what would be left', () => {
  const red = (name: string) => aMember({ name, memory: { redSince: 1, isDown: true } })
  const members = [red('aws'), red('gcp'), aMember({ name: 'hetzner', memory: { nominal: 50 } })]
  expect(told({ standing: { members, isPanic: true, demand: 10 } })).toEqual([
    {
      code: 'panic',
      sentence:
        'the checks of aws and gcp are red and 50 of 250 requests/s of capacity would be left: the checks are doubted and the shares follow nominal capacity',
    },
  ])
})

test('that nobody may serve is said', () => {
  expect(told({}, { target: undefined })).toEqual([
    { code: 'nobody-may-serve', sentence: 'every provider is down or drained: the shares stay as they are' },
  ])
})

test('missing signals are counted', () => {
  expect(told({}, { isBlind: true, missing: 5 })).toEqual([
    { code: 'signals-missing', sentence: '5 of 8 required signals are missing: no change is made on signals' },
  ])
})

test('that everybody fails is said', () => {
  expect(told({ target: { isHeld: true } })).toEqual([
    { code: 'all-failing', sentence: 'every provider in service fails: the shares hold, because nobody is better off elsewhere' },
  ])
})

test('a change that was shortened is said with its bounds', () => {
  expect(told({ choice: { isVelocityBound: true } })).toEqual([
    { code: 'velocity', sentence: 'the change was shortened: at most 50 % taken away per dead time and 25 % gained per tick' },
  ])
})

describe('too little capacity', () => {
  const codes = (calm: Calm) => told(calm).map(({ code }) => code)

  test('is said above the ceiling, and not at it', () => {
    expect(codes({ standing: { demand: 170 } })).toEqual([])
    expect(told({ standing: { demand: 171 } })).toEqual([
      { code: 'insufficient-capacity', sentence: '171 requests/s meet 200 of capacity (86 %); the ceiling is 85 %' },
    ])
  })

  test('does not count those without a share, nor those that are down', () => {
    expect(codes({ choice: { shares: [1, 0] } })).toEqual(['insufficient-capacity'])
    expect(codes({ standing: { members: [aMember(), aMember({ name: 'hetzner', memory: { isDown: true } })] } })).toEqual([
      'insufficient-capacity',
    ])
  })

  test('cannot be told while the demand is unknown, or nobody has any capacity', () => {
    expect(codes({ standing: { demand: undefined }, target: { capacities: [1, 1] } })).toEqual([])
    expect(codes({ target: { capacities: [0, 0] } })).toEqual([])
  })
})
