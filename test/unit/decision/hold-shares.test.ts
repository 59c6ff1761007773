// Shares that somebody holds, as far as capacity and health allow; and what losing a provider would mean under them.
import { describe, expect, test } from 'vitest'
import { holdShares } from '#decision/hold-shares.ts'
import { worstLoss } from '#decision/worst-loss.ts'
import type { Decision } from '#model/decision.ts'
import type { Pin } from '#model/override.ts'
import { heldSetId } from '#model/provider-set.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'

const aPin = (shares: Record<string, number>, overrides: Partial<Pin> = {}): Pin => ({
  kind: 'pin',
  hostname: HOSTNAME,
  shares,
  generation: 2,
  isRollback: false,
  author: 'me',
  reason: 'a test of load',
  createdAt: 0,
  expiresAt: 9e9,
  ...overrides,
})
const held = (decision: Decision, shares: Record<string, number>, overrides: Partial<Pin> = {}) =>
  holdShares(decision, aPin(shares, overrides), HOSTNAME)
const sharesOf = ({ providers }: Decision) => providers.map(({ share }) => Math.round(1000 * share) / 1000)
const serving = (share: number, capacityEstimate = 100) => ({ share, capacityEstimate, shareBefore: share })

describe('a pin', () => {
  const even = aDecision({ aws: serving(0.5), hetzner: serving(0.5) }, { demand: 100 })

  test('sets the shares, and says so with author and reason', () => {
    const decision = held(even, { aws: 0.7, hetzner: 0.3 })
    expect(decision).toMatchObject({
      set: heldSetId(HOSTNAME),
      isChange: true,
      cause: 'override',
      reason: { code: 'pinned', sentence: `${HOSTNAME} pinned by me: aws 0.70, hetzner 0.30 (a test of load)` },
      notices: [],
    })
    expect(heldSetId(HOSTNAME)).toBe(`hostname:${HOSTNAME}`)
    expect(decision.providers.map(({ share, reason }) => ({ share, reason }))).toEqual([
      { share: 0.7, reason: { code: 'held', sentence: 'aws 0.50 → 0.70: held at 0.70 by me: a test of load' } },
      { share: 0.3, reason: { code: 'held', sentence: 'hetzner 0.50 → 0.30: held at 0.30 by me: a test of load' } },
    ])
  })

  test('that the last write carried out already is no change any more, so that what differs is a repair', () => {
    const written = { set: heldSetId(HOSTNAME), shares: { aws: 0.7, hetzner: 0.3 }, withheld: [], generation: 2 }
    const again = (some: Partial<typeof written>) =>
      holdShares(even, aPin({ aws: 0.7, hetzner: 0.3 }), HOSTNAME, { shares: { aws: 0.9, hetzner: 0.1 }, written: { ...written, ...some } })
    expect(again({}).isChange).toBe(false)
    expect(again({ shares: { aws: 0.695, hetzner: 0.305 } })).toMatchObject({
      isChange: false,
      providers: [{ share: 0.695 }, { share: 0.305 }],
    })
    expect(again({ shares: { aws: 0.68, hetzner: 0.32 } })).toMatchObject({ isChange: true, providers: [{ share: 0.7 }, { share: 0.3 }] })
    expect(again({ generation: 1 }).isChange).toBe(true)
    expect(again({ set: 'aws+hetzner' }).isChange).toBe(true)
    expect(again({ withheld: ['hetzner'] as never[] }).isChange).toBe(true)
    expect(again({ shares: { aws: 1, hetzner: 0 } }).isChange).toBe(true)
  })

  test('tells the shares of its hostname as those before, not those of the set', () => {
    const decision = holdShares(even, aPin({ aws: 0.7, hetzner: 0.3 }), HOSTNAME, { shares: { aws: 0.9, hetzner: 0.1 } })
    expect(decision.providers.map(({ shareBefore, reason }) => [shareBefore, reason.sentence])).toEqual([
      [0.9, 'aws 0.90 → 0.70: held at 0.70 by me: a test of load'],
      [0.1, 'hetzner 0.10 → 0.30: held at 0.30 by me: a test of load'],
    ])
  })

  test('gives nothing to a share that waits behind a red check: it keeps the return weight', () => {
    const waiting = aDecision(
      {
        aws: serving(0.7),
        hetzner: { share: 0.3, role: 'waiting', condition: { kind: 'down', isRed: true, reason: { code: 'probe-red', sentence: 'x' } } },
      },
      { demand: 500 },
    )
    expect(held(waiting, { aws: 0.5, hetzner: 0.5 }).providers.map(({ role, share }) => [role, share])).toEqual([
      ['serving', 1],
      ['withheld', 0],
    ])
  })

  test('of a rollback says rolled back', () => {
    expect(held(even, { aws: 0.7, hetzner: 0.3 }, { isRollback: true }).reason).toEqual({
      code: 'rollback',
      sentence: `${HOSTNAME} rolled back by me: aws 0.70, hetzner 0.30 (a test of load)`,
    })
  })

  test('is bounded by capacity: what does not fit goes to those with room', () => {
    const three = aDecision({ aws: serving(0.4), gcp: serving(0.3, 60), hetzner: serving(0.3, 50) }, { demand: 100 })
    const decision = held(three, { aws: 0, gcp: 0.2, hetzner: 0.8 })
    // 30 of 80 do not fit at hetzner; aws has room for 100 and gcp for 40.
    expect(sharesOf(decision)).toEqual([0.214, 0.286, 0.5])
    expect(decision.providers[2]?.reason.sentence).toBe(
      'hetzner 0.30 → 0.50: held at 0.80, bounded by what is up and has room by me: a test of load',
    )
  })

  test('stays as it is when nobody has room for what does not fit', () => {
    const full = aDecision({ aws: serving(0.5, 60), hetzner: serving(0.5, 30) }, { demand: 100 })
    expect(sharesOf(held(full, { aws: 0.2, hetzner: 0.8 }))).toEqual([0.2, 0.8])
  })

  test('may fill a provider exactly, and move into room that is just enough', () => {
    const tight = aDecision({ aws: serving(0.5, 60), hetzner: serving(0.5, 40) }, { demand: 100 })
    expect(sharesOf(held(tight, { aws: 0.6, hetzner: 0.4 }))).toEqual([0.6, 0.4])
    expect(sharesOf(held(tight, { aws: 0.2, hetzner: 0.8 }))).toEqual([0.6, 0.4])
  })

  test.each([undefined, 0])('is not bounded while the demand is %s', (demand) => {
    const { demand: _known, ...unknown } = even
    const decision = demand === undefined ? unknown : { ...unknown, demand }
    expect(sharesOf(held(decision, { aws: 0, hetzner: 1 }))).toEqual([0, 1])
  })

  test('gives nothing to a provider that is down: the others take its part in proportion', () => {
    const decision = aDecision(
      {
        aws: serving(0.6),
        gcp: serving(0.4),
        hetzner: {
          share: 0,
          role: 'withheld',
          condition: { kind: 'down', isRed: true, reason: { code: 'probe-red', sentence: 'hetzner is down' } },
        },
        ovh: {
          share: 0,
          role: 'none',
          condition: { kind: 'drained', isRed: false, reason: { code: 'drained', sentence: 'ovh is drained' } },
        },
      },
      { demand: 50 },
    )
    const after = held(decision, { aws: 0.2, gcp: 0.2, hetzner: 0.5, ovh: 0.1 })
    expect(sharesOf(after)).toEqual([0.5, 0.5, 0, 0])
    const reason = { code: 'probe-red', sentence: 'hetzner 0.50 → 0.00: is down' }
    expect(after.providers[2]).toEqual({ ...decision.providers[2], reason })
  })

  test('beside one that was withheld by the last write and still is tells no move that nobody made', () => {
    const condition = { kind: 'down', isRed: true, reason: { code: 'probe-red', sentence: 'hetzner is down' } } as const
    const decision = aDecision({ aws: serving(1), hetzner: { share: 0, shareBefore: 0, role: 'withheld', condition } }, { demand: 50 })
    const written = (withheld: string[]) => ({ set: heldSetId(HOSTNAME), shares: { aws: 1, hetzner: 0 }, withheld, generation: 2 })
    const told = (withheld: string[]) =>
      holdShares(decision, aPin({ aws: 1 }), HOSTNAME, { shares: { aws: 0.98, hetzner: 0.02 }, written: written(withheld) }).providers.map(
        ({ reason }) => reason.sentence,
      )
    expect(told(['hetzner'])).toEqual(['aws stays at 1.00: held at 1.00 by me: a test of load', 'hetzner stays at 0.00: is down'])
    expect(told([])).toEqual(['aws 0.98 → 1.00: held at 1.00 by me: a test of load', 'hetzner 0.020 → 0.00: is down'])
  })

  test('opens a tier that is closed: a person may put everything on a standby', () => {
    const decision = aDecision({ aws: serving(1), ovh: { share: 0, role: 'none', capacityEstimate: 100 } }, { demand: 50 })
    const after = held(decision, { aws: 0, ovh: 1 })
    expect(sharesOf(after)).toEqual([0, 1])
    expect(after.providers[1]?.role).toBe('serving')
    expect(after.cause).toBe('override')
  })

  test('counts in proportion where its shares do not sum to 1, also while the demand is unknown', () => {
    expect(sharesOf(held(aDecision({ aws: serving(0.5), hetzner: serving(0.5) }), { aws: 0.2, hetzner: 0.6 }))).toEqual([0.25, 0.75])
  })

  test('asks nothing of a provider without capacity while there is no demand to be bounded by', () => {
    const idle = aDecision({ aws: serving(0.5), hetzner: serving(0.5, 0) }, { demand: 0 })
    expect(sharesOf(held(idle, { aws: 0.4, hetzner: 0.6 }))).toEqual([0.4, 0.6])
  })

  test('that does not fit goes to those that serve, not into the room of one that is withheld', () => {
    const decision = aDecision({ aws: serving(1, 60), gcp: serving(0), hetzner: { ...serving(0), role: 'withheld' } }, { demand: 100 })
    expect(sharesOf(held(decision, { aws: 1 }))).toEqual([0.6, 0.4, 0])
  })

  test('gives nothing to a provider it does not name', () => {
    expect(sharesOf(held(even, { aws: 1 }))).toEqual([1, 0])
  })

  test('of providers none of which may serve is said, and the signals decide', () => {
    const decision = aDecision({ aws: serving(1), hetzner: { share: 0, role: 'withheld' } })
    expect(held(decision, { hetzner: 1 })).toEqual({
      ...decision,
      notices: [{ code: 'hold-impossible', sentence: `${HOSTNAME}: none of the providers pinned by me may serve; the signals decide` }],
    })
  })
})

describe('the loss of a provider', () => {
  const three = (aws: number, gcp: number, hetzner: number) => ({
    demand: 200,
    ...aDecision({ aws: serving(aws), gcp: serving(gcp), hetzner: serving(hetzner) }),
  })

  test('is worst where the most is left for the least', () => {
    // Without gcp, aws would get 200 × 0.5 / 0.7; without aws, gcp would get 200 × 0.3 / 0.5.
    expect(worstLoss({ ...three(0.5, 0.3, 0.2), demand: 200 })).toEqual({
      lost: 'gcp',
      overloaded: 'aws',
      load: expect.closeTo((200 * 0.5) / 0.7 / 100),
    })
  })

  test('cannot be told of one provider, or while the demand is unknown', () => {
    expect(worstLoss(aDecision({ aws: serving(1), hetzner: serving(0) }, { demand: 1 }))).toBeUndefined()
    expect(worstLoss(aDecision({ aws: serving(0.5), hetzner: serving(0.5) }))).toBeUndefined()
  })

  test('counts nobody without capacity', () => {
    expect(worstLoss(aDecision({ aws: serving(0.5), hetzner: serving(0.5, 0) }, { demand: 10 }))).toBeUndefined()
  })

  test('that a hold makes worse than capacity would is said with its figures', () => {
    const free = aDecision({ aws: serving(0.34), gcp: serving(0.33), hetzner: serving(0.33) }, { demand: 150 })
    expect(held(free, { aws: 0.5, gcp: 0.4, hetzner: 0.1 }).notices).toEqual([
      {
        code: 'n-minus-1',
        sentence: `${HOSTNAME}: without gcp, aws would get 125 % of its capacity; by capacity it would be 76 %`,
      },
    ])
  })

  test('that a hold does not make worse, or that overloads nobody, is not said', () => {
    const uneven = aDecision({ aws: serving(0.5), gcp: serving(0.4), hetzner: serving(0.1) }, { demand: 150 })
    expect(held(uneven, { aws: 0.5, gcp: 0.4, hetzner: 0.1 }).notices).toEqual([])
    const idle = aDecision({ aws: serving(0.34), gcp: serving(0.33), hetzner: serving(0.33) }, { demand: 100 })
    expect(held(idle, { aws: 0.5, gcp: 0.4, hetzner: 0.1 }).notices).toEqual([])
    expect(held(idle, { aws: 1 }).notices).toEqual([])
    // Without either of them the other would be full, and no more than that.
    expect(held(idle, { aws: 0.5, gcp: 0.5 }).notices).toEqual([])
  })

  test('is not compared with capacity where that leaves one provider only', () => {
    const one = aDecision({ aws: serving(1), hetzner: serving(0) }, { demand: 150 })
    expect(held(one, { aws: 0.5, hetzner: 0.5 }).notices).toEqual([])
  })
})
