// At 100 % there is no old version to compare with: what a new one is held to there.
import { describe, expect, it } from 'vitest'
import { judgeMinute, newJudgeState } from '#canary/judge/judge-minute.ts'
import { JudgeSettings } from '#model/judge-settings.ts'
import { aCanaryConfiguration, aSteadyWorld, QUICK } from '#test/builders/canary-world.ts'

const LONG_BAKE = { ...QUICK, bakeMinutes: 40 }

async function bakes(judge: object) {
  const world = await aSteadyWorld(aCanaryConfiguration({ ...LONG_BAKE, judge: { toleratedRatio: 1.5, ...judge } }))
  await world.start()
  for (let minute = 0; (await world.canary())?.phase !== 'lastBake'; minute++) {
    if (minute === 200) throw new Error('no last bake within 200 minutes')
    await world.pass(1)
  }
  return world
}

describe('judged-alone', () => {
  it.each([{ maxFailureRatio: 0.02 }, { guardFailureRatio: 0.05 }])(
    'judged-alone: with %o a version that fails every request when it has all of them goes back within minutes',
    async (judge) => {
      const world = await bakes(judge)
      world.flow.failing = { '1.0.9': 1 }
      await world.pass(5)
      expect(world.shareOf('1.0.8')).toBe(1)
      await world.untilDone()
      expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', verdict: { verdict: 'fail' } })
    },
  )

  it('judged-alone: the few who keep the old version are no control to compare with', async () => {
    const world = await bakes({ maxFailureRatio: 0.02 })
    Object.assign(world.flow, { failing: { '1.0.9': 0.1 }, stale: 0.002 })
    await world.pass(5)
    expect(world.told.map(({ sentence }) => sentence).join()).toContain('0.02 of its requests while no control is left')
    expect(world.shareOf('1.0.8')).toBe(1)
  })

  it('judged-alone: one that fails no more often than the limit stays, and the bake says what it is held to', async () => {
    const world = await bakes({ maxFailureRatio: 0.02 })
    await world.pass(1)
    expect((await world.canary())?.reason.sentence).toMatch(/of 40 minutes; ended by more than 0.02 of its requests failing/)
    world.flow.failing = { '1.0.9': 0.019 }
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('judged-alone: without a limit it says that nothing is left to judge by', async () => {
    const world = await bakes({})
    await world.pass(1)
    expect((await world.canary())?.reason.sentence).toContain('no old version to compare with, and no limit is set')
  })

  it('judged-alone: what it is held to alone says nothing while there is a control', () => {
    const [bare, limited] = [{ toleratedRatio: 1.5 }, { toleratedRatio: 1.5, maxFailureRatio: 0.01 }].map((settings) => {
      const parsed = JudgeSettings.parse(settings)
      const arm = { requests: 1000, failures: 50 }
      return judgeMinute(newJudgeState(parsed), { minute: 0, canary: arm, control: arm }, parsed).verdict.logE
    })
    expect(limited).toBe(bare)
  })
})
