// Who is down, who has come back, what the demand is, and whether the checks are doubted.
import { describe, expect, test } from 'vitest'
import type { Member } from '#decision/member.ts'
import { standing } from '#decision/standing.ts'
import { Policy } from '#model/policy.ts'
import { aMember, WINDOW_END } from '#test/builders/members.ts'
import { aDrain } from '#test/builders/steering.ts'

const { estimator } = Policy.parse({})
const DEAD = 190
const NOW = WINDOW_END + 60
type Overrides = NonNullable<Parameters<typeof aMember>[0]>

const decided = (members: readonly Member[], nowSeconds = NOW) => standing(members, estimator, DEAD, nowSeconds)
const of = (members: readonly Member[], nowSeconds?: number) => decided(members, nowSeconds).members[0]?.memory
const load = (value: number) => ({ value, residuals: [] })

describe('a red provider', () => {
  const red = (overrides: Overrides = {}) => aMember({ ...overrides, memory: { redSince: NOW - 60, ...overrides.memory } })
  const other = (overrides: Overrides = {}) => aMember({ name: 'hetzner', ...overrides })

  test('is down at once when the others can take all of the demand, filled to 95 %', () => {
    const roomy = (own: number, others: number) =>
      of([red({ memory: { load: load(own) } }), other({ memory: { load: load(others) } })])?.isDown
    expect(roomy(35, 60)).toBe(true)
    expect(roomy(36, 60)).toBe(false)
  })

  test('is down after three minutes, whatever the others can take', () => {
    const since = (seconds: number) => of([red({ memory: { redSince: NOW - seconds } }), other({ memory: { load: load(90) } })])?.isDown
    expect(since(179)).toBe(false)
    expect(since(180)).toBe(true)
  })

  test('is down when it reports no capacity', () => {
    expect(of([red({ reading: { capacity: 0 } }), other({ memory: { load: load(90) } })])?.isDown).toBe(true)
  })

  test('stays down while its check is red', () => {
    expect(of([red({ memory: { isDown: true } }), other({ memory: { load: load(90) } })])?.isDown).toBe(true)
  })

  test.each<[string, Overrides]>([
    ['is red', { memory: { redSince: NOW } }],
    ['is down', { memory: { isDown: true }, reading: { capacity: 0 } }],
    ['is drained', { drain: aDrain('hetzner') }],
  ])('gets no room from another that %s', (_name, overrides) => {
    const idle = { ...overrides, memory: { load: load(1), ...overrides.memory } }
    expect(of([red({ memory: { load: load(1) } }), other(idle)])?.isDown).toBe(false)
  })

  test('gets no room from nobody, though there is no demand', () => {
    expect(of([red({ memory: { load: load(0) } })])?.isDown).toBe(false)
  })

  test('is not judged by the others while the demand is unknown', () => {
    const { load: _never, ...memory } = other().memory
    expect(of([red({ memory: { load: load(1) } }), { ...other(), memory }])?.isDown).toBe(false)
  })

  test('that goes down forgets that it ramped and failed, and when it turned green', () => {
    const memory = of([red({ memory: { redSince: 1, isRamping: true, isBad: true, softLimit: 5, greenSince: 5 } })])
    expect(memory).toMatchObject({ isDown: true, isRamping: false, isBad: false })
    expect(memory).not.toHaveProperty('softLimit')
    expect(memory).toMatchObject({ greenSince: 5 })
  })
})

describe('a provider behind a green check', () => {
  test('is down while it reports no capacity, or reported none last', () => {
    expect(of([aMember({ reading: { capacity: 0 } })])?.isDown).toBe(true)
    expect(of([aMember({ reading: { capacity: undefined }, memory: { capacity: { value: 0, residuals: [] } } })])?.isDown).toBe(true)
    expect(of([aMember({ reading: { capacity: 1 }, memory: { capacity: { value: 0, residuals: [] } } })])?.isDown).toBe(false)
  })

  test('is down at a millionth of what it could ever do', () => {
    expect(of([aMember({ reading: { capacity: 9e-5 } })])?.isDown).toBe(true)
    expect(of([aMember({ reading: { capacity: 1.1e-4 } })])?.isDown).toBe(false)
    expect(of([aMember({ reading: { capacity: 1 }, memory: { nominal: 1e6 } })])?.isDown).toBe(true)
  })

  test('that never reported a capacity is not down', () => {
    const member = aMember({ reading: { capacity: undefined } })
    const { capacity: _never, ...memory } = member.memory
    expect(of([{ ...member, memory }])?.isDown).toBe(false)
  })

  test('that goes down forgets when it turned green: the tick that sees it back will say', () => {
    expect(of([aMember({ reading: { capacity: 0 }, memory: { greenSince: 5 } })])).not.toHaveProperty('greenSince')
  })

  test('comes back with a trickle, as if it had never failed, and begins to count', () => {
    const memory = of([
      aMember({
        memory: {
          isDown: true,
          nominal: 200,
          lastBadAt: 1,
          episodeStartedAt: 1,
          beforeEpisode: { failedProbes: 3 },
          goodput: load(70),
          isLimitRaised: true,
          failedProbes: 3,
          goodWindows: 7,
        },
      }),
    ])
    expect(memory).toMatchObject({
      isDown: false,
      isRamping: true,
      limit: 4,
      isLimitRaised: false,
      failedProbes: 0,
      greenSince: NOW,
      goodWindows: 0,
    })
    for (const gone of ['lastBadAt', 'episodeStartedAt', 'beforeEpisode', 'goodput']) expect(memory).not.toHaveProperty(gone)
  })

  test('comes back since its check turned green, where a check has said when', () => {
    expect(of([aMember({ memory: { isDown: true, greenSince: 500 } })])?.greenSince).toBe(500)
  })

  test('that was never down is left as it is', () => {
    const member = aMember()
    expect(of([member])).toBe(member.memory)
  })
})

describe('the demand', () => {
  const silent = (overrides: Overrides) =>
    aMember({
      name: 'silent',
      ...overrides,
      reading: { load: undefined, ...overrides.reading },
      memory: { load: load(30), ...overrides.memory },
    })
  const demand = (members: readonly Member[], nowSeconds?: number) => decided(members, nowSeconds).demand

  test('is what all of them carry', () => expect(demand([aMember(), aMember({ name: 'hetzner' })])).toBe(120))

  test('is unknown while one that serves never reported a load', () => {
    const { load: _never, ...memory } = aMember().memory
    expect(demand([aMember(), { ...aMember({ name: 'hetzner' }), memory }])).toBeUndefined()
    expect(demand([aMember(), { ...aMember({ name: 'hetzner' }), memory: { ...memory, redSince: 1 } }])).toBe(60)
    expect(demand([aMember(), { ...aMember({ name: 'hetzner' }), memory: { ...memory, isDown: true } }])).toBe(60)
    expect(demand([aMember(), { ...aMember({ name: 'hetzner', drain: aDrain('hetzner') }), memory }])).toBe(60)
  })

  test('counts the last load of one that is out and silent for a dead time, and then no more', () => {
    const out = silent({ memory: { redSince: 1 } })
    expect(demand([aMember(), out], WINDOW_END + DEAD)).toBe(90)
    expect(demand([aMember(), out], WINDOW_END + DEAD + 1)).toBe(60)
  })

  test('counts the last load of one that is silent and not out as long as it is silent', () => {
    expect(demand([aMember(), silent({})], WINDOW_END + 10 * DEAD)).toBe(90)
  })

  test('counts the load of one that is out and still reports', () => {
    expect(demand([aMember(), silent({ reading: { load: 30 }, drain: aDrain('silent') })], WINDOW_END + 10 * DEAD)).toBe(90)
  })
})

describe('a panic', () => {
  const red = (name: string, nominal = 100) => aMember({ name, memory: { redSince: 1, isDown: true, nominal } })
  const green = (name: string, nominal = 100) => aMember({ name, memory: { nominal } })
  const isPanic = (...members: Member[]) => decided(members).isPanic

  test('needs two red checks, and less than half of the capacity left', () => {
    expect(isPanic(red('a'), red('b'), green('c'))).toBe(true)
    expect(isPanic(red('a'), red('b'), green('c', 200))).toBe(false)
    expect(isPanic(red('a'), red('b'), green('c', 199))).toBe(true)
    expect(isPanic(red('a', 900), green('b'))).toBe(false)
  })

  test('is one when the only check is red', () => expect(isPanic(red('a'))).toBe(true))

  test('counts those that are red and not down yet as left', () => {
    const briefly = (name: string) => aMember({ name, memory: { redSince: NOW - 1, load: load(90) } })
    expect(isPanic(briefly('a'), briefly('b'))).toBe(false)
  })
})
