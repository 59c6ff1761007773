// What keeps a canary from going on has a deadline, and at its end it goes back.
import { describe, expect, it } from 'vitest'
import { step } from '#canary/step.ts'
import type { Canary } from '#model/canary.ts'
import { aCanaryConfiguration, aSteadyWorld, QUICK } from '#test/builders/canary-world.ts'

const sentences = (world: Awaited<ReturnType<typeof aSteadyWorld>>) => world.told.map(({ sentence }) => sentence).join('\n')

describe('bounded-time: a hold', () => {
  it('keeps the step and goes back at its deadline', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, holdMinutes: 30 }))
    await world.start()
    await world.pass(6)
    await world.order('hold')
    await world.pass(28)
    expect(await world.canary()).toMatchObject({ phase: 'baking', step: 0, still: { code: 'held' } })
    await world.untilDone(10)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(sentences(world)).toContain('is rolled back: for 30 minutes held by ops: a test')
  })

  it('that ends in time costs nothing: what was held is no time of the step', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, maxDwellMinutes: 15 }))
    await world.start()
    await world.pass(6)
    await world.order('hold')
    await world.pass(40)
    await world.order('resume')
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
    expect((await world.canary())?.still).toBeUndefined()
  })

  it('said before the first step keeps it from its first step', async () => {
    const world = await aSteadyWorld()
    await world.start()
    const nowSeconds = world.now()
    const row = await world.row()
    if (row?.canary === undefined) throw new Error('no canary')
    // As after a failover between the start and the first step.
    const canary: Canary = {
      ...row.canary,
      phase: 'shifting',
      step: -1,
      next: 'Bake',
      held: { author: 'ops', reason: 'wait', at: nowSeconds },
    }
    const facts = {
      nowSeconds,
      ttlSeconds: 60,
      inSyncAt: undefined,
      writtenShare: undefined,
      capacityShare: undefined,
      propagationSeconds: 10,
      unhealthy: undefined,
      stableDown: undefined,
      metricLagSeconds: 60,
      alarm: undefined,
      check: undefined,
      judged: undefined,
    }
    const result = step({ ...row, canary }, { kind: 'machine', event: 'judge', turn: canary.turn }, facts)
    expect(result).toMatchObject({ kind: 'stepped', next: 'Bake', isWrite: false, row: { canary: { reason: { code: 'held' } } } })
  })
})

describe('bounded-time: other waits', () => {
  it('for a person ends as a hold does', async () => {
    const strategy = { ...QUICK, maxDwellMinutes: 10, onMaxDwell: 'hold', holdMinutes: 20 }
    const world = await aSteadyWorld(aCanaryConfiguration(strategy), { requestsPerMinute: 60 })
    await world.start()
    await world.pass(35)
    expect(await world.canary()).toMatchObject({ reason: { code: 'waits-for-person' } })
    await world.untilDone(40)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(sentences(world)).toContain('and nobody decided')
  })

  it('for failover end after twice the longest dwell, however long a hold before it was', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, maxDwellMinutes: 10 }))
    await world.start()
    await world.pass(6)
    await world.order('hold')
    await world.pass(30)
    await world.order('resume')
    world.clouds.hetzner = { ...world.clouds.hetzner, isRed: true }
    await world.pass(10)
    expect(await world.canary()).toMatchObject({ phase: 'baking', still: { code: 'frozen' } })
    await world.untilDone(30)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
  })
})
