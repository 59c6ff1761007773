// Freeze windows: no start that runs into one, no step forward in one, and always a way back.
import { describe, expect, it } from 'vitest'
import type { Configuration } from '#model/configuration.ts'
import { Policy } from '#model/policy.ts'
import { aCanaryConfiguration, aSteadyWorld, QUICK } from '#test/builders/canary-world.ts'

/** The worlds begin at 2027-01-15T08:00:30Z, and are steady five minutes later. */
const aFreeze = (start: string, duration: string, more: object = {}) => ({ name: 'release-freeze', start, duration, ...more })
const withFreeze = (freeze: object, more: object = {}): Configuration =>
  aCanaryConfiguration({ ...QUICK, freezeWindows: [freeze], ...more })

/** Half an hour after the start: a version that takes longer than it must runs into it. */
const SOON = aFreeze('2027-01-15T08:24', 'PT40M')

describe('a start', () => {
  it('within a window is refused, names the window and says when it ends', async () => {
    const world = await aSteadyWorld(withFreeze(aFreeze('2027-01-01T20:00', 'PT14H', { rrule: 'FREQ=DAILY', timeZone: 'Europe/Berlin' })))
    const { next, sentence } = await world.start()
    expect([next, await world.row()]).toEqual(['Done', undefined])
    expect(sentence).toBe(
      'refused: media 1.0.9: nothing goes forward in the freeze window release-freeze, which ends at 2027-01-15 10:00 Europe/Berlin',
    )
  })

  it('that would run into a window at its best is refused with how long it takes and when the window begins', async () => {
    const world = await aSteadyWorld(withFreeze(aFreeze('2027-01-15T08:15', 'PT1H')))
    expect((await world.start()).sentence).toBe(
      'refused: media 1.0.9: it takes at least 15 minutes, and the freeze window release-freeze begins in 9 and ends at 2027-01-15 09:15 UTC',
    )
  })

  it('is refused by a window of the policy as by one of the strategy', async () => {
    const configuration = aCanaryConfiguration()
    const policy = Policy.parse({ ...configuration.policy, freezeWindows: [aFreeze('2027-01-15T08:00', 'PT1H')] })
    const world = await aSteadyWorld({ ...configuration, policy })
    expect((await world.start()).sentence).toContain('freeze window release-freeze')
  })

  it('before a window that is far enough away begins', async () => {
    const world = await aSteadyWorld(withFreeze(aFreeze('2027-01-16T08:00', 'PT1H')))
    expect((await world.start()).next).toBe('Shift')
  })
})

describe('a canary in flight', () => {
  it('freeze-window: takes no step forward in a window, and goes on after it', async () => {
    const world = await aSteadyWorld(withFreeze(SOON))
    await world.start()
    await world.pass(19)
    const step = (await world.canary())?.step
    const share = world.shareOf('1.0.9')
    await world.pass(38)
    expect(await world.canary()).toMatchObject({ step, phase: 'baking', reason: { code: 'freeze-window' } })
    expect(world.shareOf('1.0.9')).toBe(share)
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('freeze-window: a step that was about to be taken when the window began is not taken', async () => {
    const world = await aSteadyWorld(withFreeze(SOON))
    await world.start()
    const { value, revision } = await world.rows.get('media.example.com')
    if (value?.canary === undefined) throw new Error('no canary')
    const freezes = [{ name: 'now', from: world.now() - 10, until: world.now() + 3600, ends: 'later' }]
    await world.rows.advance({ ...value, canary: { ...value.canary, freezes, phase: 'baking', next: 'Shift' } }, revision)
    const answer = await world.task('shift')
    expect(answer).toMatchObject({ next: 'Bake', sentence: expect.stringContaining('freeze window now') })
    expect((await world.canary())?.step).toBe(0)
  })

  it('rollback-reachable: fails back in a window as at any other time', async () => {
    const world = await aSteadyWorld(withFreeze(SOON))
    await world.start()
    await world.pass(22)
    world.flow.failing = { '1.0.9': 0.2 }
    await world.pass(10)
    expect(world.shareOf('1.0.8')).toBe(1)
  })

  it('rollback-reachable: an abort in a window restores the stable shares at once', async () => {
    const world = await aSteadyWorld(withFreeze(SOON))
    await world.start()
    await world.pass(22)
    await world.order('abort')
    expect(world.shareOf('1.0.8')).toBe(1)
  })

  it('is promoted in a window by whoever says so in it', async () => {
    const world = await aSteadyWorld(withFreeze(SOON))
    await world.start()
    await world.pass(22)
    await world.order('promote')
    await world.pass(3)
    expect(world.shareOf('1.0.9')).toBe(1)
  })

  it('bounded-time: goes back when a window keeps it longer than a hold may', async () => {
    const world = await aSteadyWorld(withFreeze({ ...SOON, duration: 'PT30H' }, { holdMinutes: 120 }))
    await world.start()
    await world.pass(120)
    expect(await world.canary()).toMatchObject({ phase: 'baking' })
    await world.untilDone(60)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
  })
})

it('without an answer of the preflight nothing starts, and the reason says so', async () => {
  const world = await aSteadyWorld()
  world.faults.isJudgeDead = true
  expect(await world.start()).toMatchObject({
    next: 'Done',
    sentence: expect.stringContaining('the preflight could not be asked: the judge is dead'),
  })
  expect(await world.row()).toBeUndefined()
})
