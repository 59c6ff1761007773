// The fence on the wire: a writer paused between its check and its write loses, although the members look as it remembers them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyPlan } from '#apply/apply-plan.ts'
import type { ApplyPorts } from '#apply/ports.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import { planHostname } from '#plan/plan-hostname.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'
import { zoneOnTheWire } from './zone-on-the-wire.ts'

let wire: Awaited<ReturnType<typeof zoneOnTheWire>>

beforeAll(async () => {
  wire = await zoneOnTheWire('late-writer')
})

afterAll(() => wire.aws.close())

/** A writer with its own copy of what it last saw, as two functions have that were started at different times. */
async function aWriter(beforeSwap: () => Promise<void> = async () => {}) {
  const { zone, clock, configuration, hostname } = wire
  const observed = await zone.list(hostname.zoneId, HOSTNAME)
  const ports: ApplyPorts = {
    clock,
    records: memoryRecords([{ observed }]),
    journal: memoryJournal(),
    overrides: memoryOverrides(),
    goodPlans: memoryGoodPlans(),
    zone: {
      ...zone,
      swap: async (swap) => {
        await beforeSwap()
        return zone.swap(swap)
      },
    },
  }
  return async (shares: Record<string, number>): Promise<ApplyOutcome> => {
    const { providers } = configuration
    const plan = planHostname({ hostname, providers, decision: aDecision(shares), observed, returnWeight: 0.02 })
    return applyPlan(plan, configuration, ports)
  }
}

const weights = async () => {
  const { members, fence } = await wire.zone.list(wire.hostname.zoneId, HOSTNAME)
  return { weights: members.map(({ weight }) => weight), sequence: fence?.sequence }
}

test('fence: a paused writer loses after two further writes that change the records and change them back', async () => {
  const equal = { aws: 0.5, hetzner: 0.5 }
  expect((await (await aWriter())(equal)).kind).toBe('applied')
  expect(await weights()).toEqual({ weights: [1, 1], sequence: 1 })

  const paused = await aWriter(async () => {
    // The pause: checked, guarded, about to send. Two others get through.
    expect((await (await aWriter())({ aws: 0.75, hetzner: 0.25 })).kind).toBe('applied')
    expect((await (await aWriter())(equal)).kind).toBe('applied')
    expect(await weights()).toEqual({ weights: [1, 1], sequence: 3 })
  })
  const outcome = await paused({ aws: 0.25, hetzner: 0.75 })

  expect(outcome).toMatchObject({ kind: 'conflict', observed: { fence: { sequence: 3 } }, reason: { code: 'not-as-observed' } })
  expect(await weights()).toEqual({ weights: [1, 1], sequence: 3 })
})

test.each(['message', 'messages', 'documented'] as const)(
  'fence: of writers that start from the same observation exactly one wins (refusals of shape %s)',
  async (shape) => {
    wire.aws.route53.settings.invalidChangeBatchShape = shape
    const writers = await Promise.all([0.1, 0.3, 0.6, 0.9].map(async (share) => ({ share, write: await aWriter() })))
    const outcomes = await Promise.all(writers.map(({ share, write }) => write({ aws: share, hetzner: 1 - share })))
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['applied', 'conflict', 'conflict', 'conflict'])
  },
)
