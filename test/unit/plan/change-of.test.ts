// What is a repair and what a change that had to wait: told by what the last write carried out.
import { describe, expect, test } from 'vitest'
import type { Decision } from '#model/decision.ts'
import type { DecidedShares } from '#model/plan.ts'
import { heldSetId } from '#model/provider-set.ts'
import { type PlanInput, planHostname } from '#plan/plan-hostname.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { aRecord, observedRecords } from '#test/builders/records.ts'

const SET = 'aws+hetzner'
const lastChange = {
  at: 940,
  cause: 'signal' as const,
  reason: { code: 'failing', sentence: 'hetzner 0.50 → 0.25: 96 of 112 requests/s served' },
}
const later = (overrides: Partial<Decision> = {}) =>
  aDecision({ aws: 0.75, hetzner: 0.25 }, { isChange: false, cause: 'signal', lastChange, ...overrides })
const written = (overrides: Partial<DecidedShares> = {}): DecidedShares => ({
  set: SET,
  shares: { aws: 0.75, hetzner: 0.25 },
  withheld: [],
  ...overrides,
})
type Split = PlanInput['split']
const planOf = (decided: DecidedShares | undefined, decision = later(), last: { split?: Split; submittedAt?: number } = {}) =>
  planHostname({
    hostname: aHostname(),
    providers: aConfiguration().providers,
    decision,
    observed: observedRecords({ members: [aRecord('aws', 1), aRecord('hetzner', 1)] }),
    returnWeight: 0.02,
    split: last.split,
    receipt: { fence: { generation: 1, sequence: 7 }, submittedAt: last.submittedAt ?? 950, ...(decided === undefined ? {} : { decided }) },
  })

describe('a plan made later than its decision', () => {
  test('is a repair where the last write had carried the decision out', () => {
    expect(planOf(written()).cause).toBe('repair')
    expect(planOf(written({ shares: { aws: 0.75 + 1e-9, hetzner: 0.25 } })).cause).toBe('repair')
  })

  test('is a repair where nobody knows what the last write carried out', () => {
    expect(planOf(undefined).cause).toBe('repair')
  })

  test('keeps cause and sentence of a decision that had to wait', () => {
    const plan = planOf(written({ shares: { aws: 0.5, hetzner: 0.5 } }))
    expect(plan.cause).toBe('signal')
    expect(plan.reason).toEqual(lastChange.reason)
    expect(plan.changes[0]?.reason.sentence).toBe(`A weight 1 → 3: ${lastChange.reason.sentence}`)
  })

  test('keeps it also where only somebody is withheld who was not', () => {
    expect(planOf(written({ withheld: ['hetzner'] })).cause).toBe('signal')
  })

  test('is an order of the operator who ended a hold', () => {
    const plan = planOf(written({ set: heldSetId(HOSTNAME), generation: 2 }))
    expect(plan).toMatchObject({ cause: 'override', reason: { code: 'hold-ended' } })
    expect(plan.reason.sentence).toBe(`${HOSTNAME}: nobody holds its shares any more; they are again those of its providers`)
  })

  test('is of the canary whose shares the last write did not carry, although it came after they changed', () => {
    const reason = { code: 'shifted', sentence: 'media 1.0.9: step 2 of 2, 50 %' }
    const split = {
      hostname: HOSTNAME,
      generation: 2,
      versionShares: {},
      providerParts: {},
      cause: 'canary',
      reason,
      changedAt: 990,
    } as const
    const at = (splitAt: number) => planOf(written({ splitAt }), later(), { split, submittedAt: 995 })
    expect(at(900)).toMatchObject({ cause: 'canary', reason, decided: { splitAt: 990 } })
    expect(at(990).cause).toBe('repair')
  })

  test('of a canary keeps its cause where nothing stands on the way back alone: nothing may delay that', () => {
    const reason = { code: 'aborted', sentence: 'media 1.0.9 goes back' }
    const at = (cause: 'canary' | 'rollback') =>
      planHostname({
        hostname: aHostname(),
        providers: aConfiguration().providers,
        decision: later(),
        observed: observedRecords({ members: [] }),
        returnWeight: 0.02,
        split: { hostname: HOSTNAME, generation: 2, versionShares: {}, providerParts: {}, cause, reason, changedAt: 990 },
        receipt: { fence: { generation: 1, sequence: 7 }, submittedAt: 950 },
      })
    expect(at('rollback')).toMatchObject({ cause: 'rollback', reason })
    expect(at('canary')).toMatchObject({ cause: 'initial', reason })
  })

  test('carries what it decides, so that the next one can tell', () => {
    expect(planOf(written()).decided).toEqual(written())
  })
})
