// Which provider's loss would overload another most, if its share spread as the weights stand.
import { expect, test } from 'vitest'
import { worstLoss } from '#decision/worst-loss.ts'
import { aDecision } from '#test/builders/decision.ts'

const capacity = (share: number, capacityEstimate: number) => ({ share, capacityEstimate })

test('of two, each would have to carry everything', () => {
  const decision = aDecision({ aws: capacity(0.6, 300), hetzner: capacity(0.4, 200) }, { demand: 300 })
  expect(worstLoss(decision)).toEqual({ lost: 'aws', overloaded: 'hetzner', load: 1.5 })
})

test('of three, the share that is lost spreads over the other two', () => {
  const decision = aDecision({ aws: capacity(0.5, 500), gcp: capacity(0.25, 100), hetzner: capacity(0.25, 200) }, { demand: 200 })
  expect(worstLoss(decision)).toEqual({ lost: 'aws', overloaded: 'gcp', load: 1 })
})

test('of losses that weigh the same the first is told', () => {
  const decision = aDecision({ aws: capacity(0.5, 100), hetzner: capacity(0.5, 100) }, { demand: 100 })
  expect(worstLoss(decision)).toMatchObject({ lost: 'aws', overloaded: 'hetzner' })
})

test('is no question for one alone, nor while the demand is unknown', () => {
  expect(worstLoss(aDecision({ aws: capacity(1, 300), hetzner: capacity(0, 200) }, { demand: 300 }))).toBeUndefined()
  expect(worstLoss(aDecision({ aws: capacity(0.5, 300), hetzner: capacity(0.5, 0) }, { demand: 300 }))).toBeUndefined()
  expect(worstLoss(aDecision({ aws: capacity(0.5, 300), hetzner: capacity(0.5, 200) }))).toBeUndefined()
})
