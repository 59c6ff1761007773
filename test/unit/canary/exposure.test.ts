// The budget of failures holds from the first request that reaches the canary, whether or not its minutes are judged yet.
import { describe, expect, it } from 'vitest'
import { aCanaryConfiguration, aSteadyWorld, QUICK } from '#test/builders/canary-world.ts'

const budgeted = aCanaryConfiguration({ ...QUICK, exposureBudget: 100, settleMinutes: 30, judge: { alpha: 1e-12, toleratedRatio: 1.5 } })

describe('the budget of failures', () => {
  it('exposure: holds while a step settles, when nothing is judged yet', async () => {
    const world = await aSteadyWorld(budgeted, { failing: { '1.0.9': 0.5 }, stale: 0.5 })
    await world.start()
    await world.pass(6)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', step: 0, judge: { counted: 0 } })
    expect(world.told.map(({ sentence }) => sentence).join()).toContain('more than the budget of 100')
  })

  it('counts each minute once, and those that were published late as well', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, exposureBudget: 1e9 }))
    await world.start()
    await world.pass(20)
    const { exposed = 0, exposedUntil = 0, startedAt = 0 } = (await world.canary()) ?? {}
    // 10 % of 6000, of which 0.5 % fail, then half of them: each minute's failures are whole at each cloud.
    const minutes = (exposedUntil - Math.ceil(startedAt / 60) * 60) / 60
    expect(minutes).toBeGreaterThan(15)
    expect(exposed).toBeGreaterThan(3 * (minutes - 3))
    expect(exposed).toBeLessThan(16 * minutes)
  })
})
