// What is remembered of a tick in which plans were refused.
import { expect, test } from 'vitest'
import type { Memory } from '#decision/decide-sets.ts'
import { adopted } from '#guards/adopted.ts'
import type { Guarded } from '#guards/index.ts'
import { aConfiguration, aHostname } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { aPlan } from '#test/builders/records.ts'

const ONLY_AWS = [{ provider: 'aws', minShare: 0, maxShare: 1 }]
/** Two hostnames on the set aws+hetzner, one on aws alone. */
const configuration = aConfiguration({
  hostnames: [
    aHostname({ hostname: 'one.example.com' }),
    aHostname({ hostname: 'two.example.com' }),
    aHostname({ hostname: 'alone.example.com', providers: ONLY_AWS }),
  ],
})

const memoryOf = (both: number, alone: number): Memory => ({
  providers: {},
  sets: {
    'aws+hetzner': { set: 'aws+hetzner', shares: { aws: both, hetzner: 1 - both } },
    aws: { set: 'aws', shares: { aws: alone } },
  },
})

const allowed = (hostname: string): Guarded => ({ kind: 'allowed', plan: aPlan({ hostname }), shrunk: [] })
const refused = (hostname: string): Guarded => ({ kind: 'refused', plan: aPlan({ hostname }), refusals: [] })

/** Shares of aws that are remembered in both sets; they were 0.5 and 0.4, and 0.7 and 0.6 were decided. */
const remembered = (plans: Guarded[], isChange = { both: true, alone: true }) => {
  const decisions = [
    aDecision({ aws: 0.7, hetzner: 0.3 }, { isChange: isChange.both }),
    aDecision({ aws: 0.6 }, { isChange: isChange.alone }),
  ]
  const { sets } = adopted(memoryOf(0.5, 0.4), { decisions, memory: memoryOf(0.7, 0.6) }, plans, configuration)
  return { both: sets['aws+hetzner']?.shares.aws, alone: sets.aws?.shares.aws }
}

test('what was decided is remembered when nothing was refused', () => {
  expect(remembered([allowed('one.example.com'), allowed('two.example.com'), allowed('alone.example.com')])).toEqual({
    both: 0.7,
    alone: 0.6,
  })
})

test('adopted: a change that every hostname of the set was refused did not happen; the other sets are not concerned', () => {
  expect(remembered([refused('one.example.com'), refused('two.example.com'), allowed('alone.example.com')])).toEqual({
    both: 0.5,
    alone: 0.6,
  })
  expect(remembered([allowed('one.example.com'), allowed('two.example.com'), refused('alone.example.com')])).toEqual({
    both: 0.7,
    alone: 0.4,
  })
})

test('a change that one hostname of the set may make did happen', () => {
  expect(remembered([refused('one.example.com'), allowed('two.example.com')]).both).toBe(0.7)
})

test('a set for which nothing was planned remembers what was decided', () => {
  expect(remembered([refused('alone.example.com')])).toEqual({ both: 0.7, alone: 0.4 })
})

test('a refused repair takes nothing back, because no shares were changed', () => {
  const plans = [refused('one.example.com'), refused('two.example.com'), refused('alone.example.com')]
  expect(remembered(plans, { both: false, alone: true })).toEqual({ both: 0.7, alone: 0.4 })
  expect(remembered(plans, { both: true, alone: false })).toEqual({ both: 0.5, alone: 0.6 })
})
