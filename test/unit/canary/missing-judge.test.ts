// A canary whose judge does not answer: what it said before is of then, and nothing goes forward on it.
import { describe, expect, it } from 'vitest'
import { aCanaryConfiguration, aSteadyWorld, QUICK } from '#test/builders/canary-world.ts'

type World = Awaited<ReturnType<typeof aSteadyWorld>>

const until = async (world: World, what: string, is: (canary: NonNullable<Awaited<ReturnType<World['canary']>>>) => boolean) => {
  for (let minute = 0; minute < 200; minute++) {
    const canary = await world.canary()
    if (canary !== undefined && is(canary)) return
    await world.pass(1)
  }
  throw new Error(`no ${what} within 200 minutes`)
}

describe('without the answer of the judge', () => {
  it('missing-data: a step is not raised on what it said before', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, minDwellMinutes: 10, maxDwellMinutes: 30 }))
    await world.start()
    await until(world, 'verdict at the first step', ({ judge }) => judge.counted > 0)
    world.faults.isJudgeDead = true
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', step: 0 })
    expect(world.told.map(({ sentence }) => sentence).join()).toContain('no data within 30 minutes')
  })

  it('missing-data: a pass that stands from before promotes nothing', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, steps: { list: [50] }, minDwellMinutes: 40 }))
    await world.start()
    await until(world, 'pass', ({ verdict }) => verdict?.verdict === 'pass')
    world.faults.isJudgeDead = true
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', verdict: { verdict: 'pass' } })
    expect(world.told.map(({ code }) => code)).not.toContain('promoted')
    expect(world.shareOf('1.0.8')).toBe(1)
  })

  it('missing-data: nor when somebody opens the gate an hour later, or asks for the promotion', async () => {
    const gated = { ...QUICK, steps: { list: [50] }, gates: [{ atPercent: 50, deadlineMinutes: 300 }], maxDwellMinutes: 300 }
    const world = await aSteadyWorld(aCanaryConfiguration(gated))
    await world.start()
    await until(world, 'pass', ({ verdict }) => verdict?.verdict === 'pass')
    world.faults.isJudgeDead = true
    await world.pass(60)
    await world.order('approve')
    await world.pass(10)
    expect(await world.canary()).toMatchObject({
      phase: 'baking',
      reason: { sentence: expect.stringContaining('the judge has not answered') },
    })
    await world.order('promote')
    await world.pass(10)
    expect(world.shareOf('1.0.9')).toBeCloseTo(0.5, 2)
    world.faults.isJudgeDead = false
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('missing-data: the last bake does not end on traffic that was seen before it began', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await until(world, 'last bake', ({ phase }) => phase === 'lastBake')
    world.faults.isJudgeDead = true
    await world.pass(30)
    expect(await world.canary()).toMatchObject({ phase: 'lastBake' })
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
  })

  it('missing-data: a step that was granted long ago is not taken any more', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await until(world, 'verdict at the first step', ({ judge }) => judge.counted > 0)
    // What is left of an execution is driven on an hour later.
    world.kill()
    await world.pass(60)
    const { step } = (await world.canary()) ?? {}
    expect(await shift(world)).toMatchObject({ next: 'Bake' })
    expect((await world.canary())?.step).toBe(step)
  })
})

async function shift(world: World) {
  const { stepCanary } = await import('#lambdas/canary/step/step-canary.ts')
  const row = await world.row()
  if (row?.canary === undefined) throw new Error('no canary')
  const { hostname, generation } = row
  const canary = { hostname, generation, turn: row.canary.turn, next: 'Shift' as const, waitSeconds: 0, sentence: '' }
  return stepCanary({ execution: row.canary.execution, event: 'shift', canary }, world.canaryPorts)
}
