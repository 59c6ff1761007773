// blueGreen: everything at once, then a pass, then the bake.
import { describe, expect, it } from 'vitest'
import { aCanaryConfiguration, aSteadyWorld } from '#test/builders/canary-world.ts'

const BLUE_GREEN = {
  steps: { blueGreen: true },
  minDwellMinutes: 5,
  maxDwellMinutes: 60,
  bakeMinutes: 20,
  judge: { toleratedRatio: 1.5, maxFailureRatio: 0.02 },
}

async function baking() {
  const world = await aSteadyWorld(aCanaryConfiguration(BLUE_GREEN))
  await world.start()
  expect(world.shareOf('1.0.9')).toBe(1)
  for (let minute = 0; (await world.canary())?.phase !== 'lastBake'; minute++) {
    if (minute === 60) throw new Error('no bake within an hour')
    await world.pass(1)
  }
  return world
}

describe('blueGreen', () => {
  it('bakes for bakeMinutes after its pass at 100 %, without another change of shares, and is promoted then', async () => {
    const world = await baking()
    expect(world.told.at(-1)).toMatchObject({ code: 'promoted', sentence: expect.stringContaining('at 100 %') })
    const changedAt = (await world.row())?.changedAt
    await world.pass(19)
    expect(await world.canary()).toMatchObject({ phase: 'lastBake' })
    // Kept warm: its records stand.
    expect(world.zone.standing.members.map(({ setIdentifier }) => setIdentifier).join()).toContain(':1.0.8')
    expect((await world.row())?.changedAt).toBe(changedAt)
    await world.untilDone(10)
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
    expect(world.told.map(({ sentence }) => sentence).join()).toContain('baked 20 minutes at 100 %')
  })

  it('goes back when it breaks during the bake', async () => {
    const world = await baking()
    world.flow.failing = { '1.0.9': 0.5 }
    await world.pass(5)
    expect(world.shareOf('1.0.8')).toBe(1)
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
  })
})
