// What a decision shows for each provider: the role of its records, and a sentence of nothing but known numbers.
import { describe, expect, test } from 'vitest'
import type { Member } from '#decision/member.ts'
import { providerDecisions } from '#decision/provider-decisions.ts'
import { Policy } from '#model/policy.ts'
import { aMember, WINDOW_END } from '#test/builders/members.ts'
import { of, settle, steering } from '#test/builders/steering.ts'

const TWO = { aws: 500, hetzner: 300 }
const set = { set: 'aws+hetzner', shares: {} }

function decided(members: readonly Member[], shares: readonly number[], { isPanic = false, isRelieved = false } = {}) {
  const input = {
    set: set.set,
    providers: [],
    signals: [],
    memory: { providers: {}, set },
    overrides: [],
    policy: Policy.parse({}),
    ttlSeconds: 60,
    nowSeconds: WINDOW_END,
  }
  const choice = { isChange: true, cause: 'signal', shares, isVelocityBound: false, tidySince: undefined, removals: undefined } as const
  return providerDecisions(input, members, choice, { members, demand: 60, isPanic }, set, { isByBias: false, isRelieved })
}

describe('the records of a provider', () => {
  const down = { isDown: true, redSince: 1 }
  test.each([
    ['serve', {}, 0.3, false, 'serving'],
    ['have no role without a share', {}, 0, false, 'none'],
    ['are withheld with the return weight behind its red check', down, 0.02, false, 'withheld'],
    ['wait with more behind its red check', down, 0.3, false, 'waiting'],
    ['serve with more behind a red check that is doubted', down, 0.3, true, 'serving'],
    ['serve behind a check that is red for now', { redSince: 1 }, 0.02, false, 'serving'],
  ])('%s', (_name, memory, share, isPanic, role) => {
    const members = [aMember(), aMember({ name: 'hetzner', memory })]
    expect(decided(members, [1 - share, share], { isPanic })[1]?.role).toBe(role)
  })
})

describe('the sentence of a provider', () => {
  test('does not say how full it will be while the demand is unknown', () => {
    const cloud = steering(TWO)
    cloud.tick({ aws: { load: 'missing' } })
    expect(of(cloud.tick({ aws: { load: 'missing' } }), 'hetzner').reason.sentence).toBe(
      'hetzner stays at 0.38: serves 180 requests/s, estimate 300',
    )
  })

  test('does not say how full nothing is', () => {
    const cloud = steering(TWO)
    settle(cloud)
    expect(of(cloud.tick({ aws: { load: 480 }, hetzner: { load: 0, utilisation: 0.5 } }), 'hetzner').reason.sentence).toBe(
      'hetzner 0.38 → 0.13: is well and reports no requests, estimate 300 → 0, as far as one step may go',
    )
  })

  test('does not speak of a drain that never was when a silent one gets more, because another would be overloaded', () => {
    const cloud = steering(TWO)
    settle(cloud)
    const decision = cloud.tick({ aws: { capacity: 100 }, hetzner: { load: 'missing' } })
    expect(of(decision, 'hetzner')).toMatchObject({ share: expect.closeTo(0.625), reason: { code: 'signals-missing' } })
    expect(of(decision, 'hetzner').reason.sentence).toBe(
      'hetzner 0.38 → 0.63: cannot keep its share and gets its part by the capacity last known, 300 requests/s: load is missing, as far as one step may go',
    )
  })

  test('does not name a provider among those that take over from it', () => {
    const members = [aMember({ standing: 0.98 }), aMember({ name: 'hetzner', standing: 0.02, memory: { isDown: true, redSince: 1 } })]
    const [, waiting] = decided(members, [0.7, 0.3])
    expect(waiting?.reason.sentence).toMatch(/^hetzner 0\.020 → 0\.30: is down: its checks have been red for [^;]+$/)
  })
})
