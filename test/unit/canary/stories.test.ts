// Whole canaries over the real functions on fakes: what becomes of a good version, a bad one, and one nobody can judge.
import { describe, expect, it } from 'vitest'
import { aCanaryConfiguration, aSteadyWorld, EXECUTION, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'

const versionsOf = (world: Awaited<ReturnType<typeof aSteadyWorld>>) =>
  new Set(world.zone.standing.members.map(({ setIdentifier }) => setIdentifier.split(':')[4]))

describe('a version canary', () => {
  it('promotes a good version step by step and removes the old one at the end', async () => {
    const world = await aSteadyWorld()
    expect(versionsOf(world)).toEqual(new Set(['1.0.8']))
    expect((await world.start()).sentence).toContain('begun')
    expect(world.shareOf('1.0.9')).toBeCloseTo(0.1, 2)
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ phase: 'ended', outcome: 'promoted' })
    expect(versionsOf(world)).toEqual(new Set(['1.0.9']))
    const transitions = world.told.map(({ code }) => code)
    expect(transitions).toEqual(expect.arrayContaining(['shifted', 'promoted', 'baked', 'completed']))
  })

  it('goes to 100 % although some resolvers keep old answers for half an hour', async () => {
    const world = await aSteadyWorld(undefined, { stale: 0.04 })
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('goes back when a change cannot be seen in the traffic', async () => {
    const world = await aSteadyWorld(undefined, { stale: 0.8 })
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(world.told.map(({ sentence }) => sentence).join(' ')).toContain(
      'is rolled back: after 15 minutes the observed share is 2 %, wanted 10 %',
    )
  })

  it.each([2.5, 4, 10])('rolls back a version that fails %s times as often, and leaves no record of it', async (ratio) => {
    const world = await aSteadyWorld(undefined, { failing: { '1.0.9': 0.005 * ratio } })
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', verdict: { verdict: 'fail' } })
    expect(versionsOf(world)).toEqual(new Set(['1.0.8']))
    expect(world.told.map(({ sentence }) => sentence).join('\n')).toMatch(/rolled back: .*log/s)
  })

  it('without traffic nothing is promoted: after its deadline it goes back', async () => {
    const world = await aSteadyWorld(undefined, { requestsPerMinute: 0 })
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(versionsOf(world)).toEqual(new Set(['1.0.8']))
  })

  it('an incident in both arms blames nobody while the guard says so, and the canary goes on afterwards', async () => {
    const guarded = aCanaryConfiguration({ ...QUICK, judge: { guardFailureRatio: 0.05 } })
    const world = await aSteadyWorld(guarded)
    await world.start()
    await world.pass(8)
    world.flow.failing = { '1.0.8': 0.3, '1.0.9': 0.3 }
    await world.pass(10)
    expect(await world.canary()).toMatchObject({ verdict: { verdict: 'commonMode' }, phase: 'baking' })
    world.flow.failing = {}
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })
})

describe('an abort', () => {
  it('restores the records with one change, at once, under a new generation', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(6)
    const { calls } = world.zone
    const before = { swaps: calls.swap, generation: (await world.row())?.generation ?? 0 }
    const answer = await world.order('abort')
    expect(versionsOf(world)).toEqual(new Set(['1.0.8']))
    expect(calls.swap - before.swaps).toBe(1)
    expect(answer.generation).toBe(before.generation + 1)
    expect(world.zone.standing.fence?.generation).toBe(before.generation + 1)
    await world.untilDone(30)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', phase: 'ended' })
  })

  it('needs no metric, no judge and no rebalance that answers', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(6)
    Object.assign(world.faults, { areMetricsDead: true, isJudgeDead: true })
    await world.order('abort')
    expect(versionsOf(world)).toEqual(new Set(['1.0.8']))
  })

  it('of a hostname without a canary is refused with the reason', async () => {
    const world = await aSteadyWorld()
    await expect(world.order('abort')).rejects.toThrow(
      `event.hostname: seen ${HOSTNAME}, which has none; allowed: a hostname with a canary in flight`,
    )
  })
})

describe('a revert', () => {
  it('brings the version before back with one change while it is kept, and is refused afterwards', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await expect(world.order('revert')).rejects.toThrow('still in flight')
    await world.untilDone()
    await world.pass(2)
    const { swap } = world.zone.calls
    await world.order('revert')
    expect([world.zone.calls.swap - swap, versionsOf(world)]).toEqual([1, new Set(['1.0.8'])])
    await world.pass(2)
    expect(versionsOf(world)).toEqual(new Set(['1.0.8']))
    await expect(world.order('revert')).rejects.toThrow('which keeps nothing to go back to')
  })

  it('comes too late when the version before is kept no more', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.untilDone()
    await world.pass(61)
    await expect(world.order('revert')).rejects.toThrow('Start a canary of the version before')
    expect(versionsOf(world)).toEqual(new Set(['1.0.9']))
  })
})

describe('an execution that died', () => {
  it.each([0, 1, 3, 8, 20, 40])('after %s minutes is repaired: the stable shares are back and the hostname is free', async (minutes) => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(minutes)
    world.kill()
    if ((await world.canary())?.phase === 'ended') return
    await world.order('died', { execution: EXECUTION, reason: 'the execution was ABORTED' })
    expect(versionsOf(world)).toEqual(new Set(['1.0.8']))
    expect(await world.canary()).toMatchObject({ phase: 'ended', outcome: 'rolledBack' })
    expect((await world.start({ service: 'media', version: '1.0.9' }, `${EXECUTION}-2`)).next).toBe('Shift')
  })
})
