// The sentence behind a share agrees with what happens to it, whatever happened before.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdShares } from '#decision/hold-shares.ts'
import { share as shareText } from '#decision/number-text.ts'
import type { Decision } from '#model/decision.ts'
import type { Pin } from '#model/override.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aDrain, serve, settle, steering } from '#test/builders/steering.ts'
import { history, ratings, reported } from './histories.ts'

/** Which words stand beside which numbers. */
function agrees({ providers }: Decision, same: number): void {
  for (const { provider, shareBefore, share, reason } of providers) {
    const isSame = Math.abs(share - shareBefore) < same
    const move = isSame ? `${provider} stays at ${shareText(share)}: ` : `${provider} ${shareText(shareBefore)} → ${shareText(share)}: `
    expect(reason.sentence.slice(0, move.length)).toBe(move)
    if (!isSame) expect(reason.sentence).not.toMatch(/keeps its share/)
  }
}

describe('the sentence of a provider', () => {
  test('tells the share before and after, and that a share is kept only where it is', () => {
    fc.assert(
      fc.property(ratings, history(20), fc.nat(25), fc.double({ min: 0, max: 1, noNaN: true }), (all, states, drainedFrom, pinned) => {
        const set = steering(all)
        settle(set)
        const [first = '', second = ''] = Object.keys(all)
        const pin: Pin = {
          ...{ kind: 'pin', hostname: HOSTNAME, generation: 2, isRollback: false, author: 'me', reason: 'a test' },
          ...{ createdAt: 0, expiresAt: 9e9, shares: { [first]: pinned, [second]: 1 - pinned } },
        }
        for (const [i, tick] of states.entries()) {
          const decision = set.tick(reported(all, tick), { overrides: i >= drainedFrom ? [aDrain(first)] : [] })
          agrees(decision, 0.0005)
          const held = holdShares(decision, pin, HOSTNAME)
          if (held.set !== decision.set) agrees(held, 0.005)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('says that nobody moves while a decision stands, also beside a provider that is withheld', () => {
    fc.assert(
      fc.property(ratings, history(20), (all, states) => {
        const set = steering(all)
        settle(set)
        for (const tick of states) {
          const decision = set.tick(reported(all, tick))
          const stood = set.memory()?.set.shares
          if (decision.isChange || stood === undefined) continue
          const moved = decision.providers.filter(({ reason }) => !reason.sentence.includes('stays at'))
          expect(moved).toEqual([])
        }
      }),
      { numRuns: 200 },
    )
  })

  test('says so of those that all fail and hold beside one that is down', () => {
    const set = steering({ aws: 500, gcp: 400, hetzner: 300 })
    settle(set)
    const red = { probe: 'red' } as const
    expect(serve(set, 500, 1, { hetzner: red }).cause).toBe('probe')
    const decision = set.tick({ aws: { load: 400, errors: 200 }, gcp: { load: 300, errors: 150 }, hetzner: red })
    expect(decision.cause).toBe('hold')
    for (const { reason } of decision.providers) expect(reason.sentence).toContain('stays at')
  })
})
