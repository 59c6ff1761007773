// The budget of failures holds from the first request that reaches the canary, whether or not its minutes are judged, published or seen.
import { describe, expect, it } from 'vitest'
import { aCanaryConfiguration, aSteadyWorld, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'

/** Nothing but the budget ends it. */
const UNJUDGED = { toleratedRatio: 1.5, metrics: [{ kind: 'failures', aborts: false }] }
const budgeted = (more: object) => aCanaryConfiguration({ ...QUICK, settleMinutes: 300, judge: UNJUDGED, ...more })
type World = Awaited<ReturnType<typeof aSteadyWorld>>

/** Failures of 1.0.9 minute by minute, until nothing reaches it any more. */
async function failuresUntilDone(world: World, ratio: number): Promise<number> {
  let failures = 0
  for (let minute = 0; minute < 400 && (await world.canary())?.phase !== 'ended'; minute++) {
    failures += Math.ceil(ratio * ['aws', 'hetzner'].reduce((sum, name) => sum + world.requestsOf('1.0.9', name), 0))
    await world.pass(1)
  }
  return failures
}

describe('the budget of failures', () => {
  it.each([
    ['while a step settles, when nothing is judged yet', { stale: 0.5 }, 40_000],
    ['while it bakes', {}, 40_000],
    ['at 100 %, where nothing fails it', {}, 300_000],
  ])('exposure: is never exceeded: %s', async (_when, traffic, exposureBudget) => {
    const world = await aSteadyWorld(budgeted({ exposureBudget, maxDwellMinutes: 300, bakeMinutes: 300 }), {
      failing: { '1.0.9': 1 },
      ...traffic,
    })
    await world.start()
    if (exposureBudget > 100_000) {
      await world.pass(6)
      await world.order('promote')
    }
    const failures = await failuresUntilDone(world, 1)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(failures).toBeGreaterThan(exposureBudget / 10)
    expect(failures).toBeLessThanOrEqual(exposureBudget)
    expect(world.told.map(({ sentence }) => sentence).join()).toMatch(/requests failed( and \d+ more may .*)?, more than the budget of/)
  })

  it.each([
    ['nothing is published', (world: World) => Object.assign(world.flow, { silent: true })],
    ['the judge does not answer', (world: World) => Object.assign(world.faults, { isJudgeDead: true })],
  ])('exposure: counts its worst for the minutes that nobody knows: %s', async (_what, break_) => {
    const world = await aSteadyWorld(budgeted({ exposureBudget: 40_000, maxDwellMinutes: 600 }), { failing: { '1.0.9': 1 } })
    await world.start()
    await world.pass(6)
    break_(world)
    const failures = 600 * 7 + (await failuresUntilDone(world, 1))
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(failures).toBeLessThanOrEqual(40_000)
  })

  it('exposure: minutes that stayed silent in between count their worst, too', async () => {
    const world = await aSteadyWorld(
      budgeted({ exposureBudget: 60_000, steps: { list: [10] }, maxDwellMinutes: 200, judge: { ...UNJUDGED, beta: 1e-9 } }),
    )
    await world.start()
    await world.pass(6)
    world.flow.silent = true
    await world.pass(10)
    world.flow.silent = false
    await world.pass(4)
    const { unseen = 0, exposed = 0 } = (await world.canary()) ?? {}
    // Ten minutes of 600 requests, as far as they were not known before.
    expect(unseen).toBeGreaterThanOrEqual(9 * 600)
    expect(unseen).toBeLessThanOrEqual(11 * 600)
    expect(exposed).toBeLessThan(100)
  })

  it('exposure: a step whose worst is more than what is left is not taken', async () => {
    const world = await aSteadyWorld(budgeted({ exposureBudget: 38_500 }), { failing: { '1.0.9': 0.4 }, stale: 0 })
    await world.start()
    await world.pass(11)
    await world.order('promote')
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(world.told.map(({ sentence }) => sentence).join()).toContain('37000 more may before it could be back at 100 %')
  })

  it('exposure: a plan that can never be within the budget does not start, and is told the figures', async () => {
    const world = await aSteadyWorld(budgeted({ exposureBudget: 20 }))
    const { next, sentence } = await world.start()
    expect(next).toBe('Done')
    // 6000 a minute, 10 % of them, for 370 s.
    expect(sentence).toContain(
      'no budget for this plan: at 10 % 3700 requests reach it before it could be back, of which 3700 may fail (worstFailureRatio 1), and exposureBudget is 20',
    )
    const late = await aSteadyWorld(budgeted({ exposureBudget: 20_000 }))
    expect((await late.start()).sentence).toContain('at 100 % 37000 requests reach it')
    const vouched = await aSteadyWorld(budgeted({ exposureBudget: 20_000, worstFailureRatio: 0.5 }))
    expect((await vouched.start()).next).not.toBe('Done')
  })

  it('exposure: holds for a provider by the share that capacity gives it', async () => {
    // 3 of 8 of 6000 a minute, for 370 s.
    const scarce = await aSteadyWorld(budgeted({ exposureBudget: 13_000 }))
    expect((await scarce.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0.99 })).sentence).toContain('no budget for this plan')
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
