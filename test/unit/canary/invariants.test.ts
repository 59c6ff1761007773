// The invariants of a canary, each over the real functions on fakes, named after its rule. See docs/canary.md and test/mutants.
import { describe, expect, it } from 'vitest'
import { stepCanary } from '#lambdas/canary/step/step-canary.ts'
import { aCanaryConfiguration, aCanaryWorld, aSteadyWorld, EXECUTION, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'

const OTHER = `${EXECUTION}-2`

describe('single flight', () => {
  it('single-flight: a second start is refused while a canary is in flight, and changes nothing', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(6)
    const before = JSON.stringify(await world.row())
    const second = await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 }, OTHER)
    expect(second).toMatchObject({ next: 'Done', sentence: expect.stringContaining('is in flight') })
    expect(JSON.stringify(await world.row())).toBe(before)
  })

  it('single-flight: of two starts at once one holds the hostname', async () => {
    const world = await aSteadyWorld()
    const read = world.rows.get
    // Both have read before either writes.
    const first = await read(HOSTNAME)
    await world.start()
    const late = { ...world.beginPorts, rows: { ...world.rows, get: async () => first } }
    const { beginCanary } = await import('#lambdas/canary/begin/begin-canary.ts')
    const answer = await beginCanary(
      { execution: OTHER, startedAt: '2027-01-15T08:05:00Z', input: { service: 'media', version: '1.0.9' } },
      late,
    )
    expect(answer).toMatchObject({ next: 'Done', sentence: expect.stringContaining('at the same time') })
    expect((await world.canary())?.execution).toBe(EXECUTION)
  })
})

describe('fenced writes', () => {
  it('fenced-writes: an order whose turn is over is answered and changes nothing', async () => {
    const world = await aSteadyWorld()
    await world.start()
    const late = world.answer()
    await world.pass(12)
    const before = JSON.stringify(await world.row())
    const answer = await stepCanary({ execution: EXECUTION, event: 'shift', canary: late }, world.canaryPorts)
    expect(JSON.stringify(await world.row())).toBe(before)
    expect(answer.turn).toBe((await world.canary())?.turn)
  })

  it('fenced-writes: an execution that no longer holds the hostname is sent home', async () => {
    const world = await aSteadyWorld()
    await world.start()
    const late = world.answer()
    await world.order('abort')
    await world.untilDone()
    world.kill()
    await world.start(undefined, OTHER)
    const before = JSON.stringify(await world.row())
    for (const event of ['shift', 'judge', 'promote', 'rollback', 'finish'] as const)
      expect(await stepCanary({ execution: EXECUTION, event, canary: late }, world.canaryPorts)).toMatchObject({ next: 'Done' })
    expect(JSON.stringify(await world.row())).toBe(before)
  })

  it('fenced-writes: every start and every way back raises the generation, and the fence carries it', async () => {
    const world = await aSteadyWorld()
    const generation = () => world.zone.standing.fence?.generation ?? 0
    const first = generation()
    await world.start()
    expect(generation()).toBe(first + 1)
    await world.order('abort')
    expect(generation()).toBe(first + 2)
  })
})

describe('the way back', () => {
  it.each([1, 3, 5, 8, 12, 18, 22])('rollback-reachable: an abort after %s minutes restores the stable shares at once', async (minutes) => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(minutes)
    Object.assign(world.faults, { isJudgeDead: true, areMetricsDead: true })
    await world.order('abort')
    expect(world.shareOf('1.0.8')).toBe(1)
  })

  it('abort-while-waiting: a wait ends within one tick of an abort', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(7)
    await world.order('abort')
    await world.pass(1)
    expect(world.answer()).toMatchObject({ next: expect.stringMatching(/Settle|Finish|Done/) })
    expect((await world.canary())?.phase).toMatch(/rollingBack|ended/)
  })

  it('broken-target: nobody is sent back to a stable version whose checks are all red; the row says so, and it goes back when it can', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(7)
    for (const provider of ['aws', 'hetzner']) world.red.add(`hc-${provider}-1.0.8`)
    world.flow.failing = { '1.0.9': 0.5 }
    await world.pass(10)
    expect(world.shareOf('1.0.9')).toBeGreaterThan(0)
    // Once: whoever is called every minute stops listening.
    expect(world.told.filter(({ code }) => code === 'no-way-back')).toHaveLength(1)
    world.red.clear()
    await world.untilDone()
    expect(world.shareOf('1.0.8')).toBe(1)
  })

  it('broken-target: an abort while a step settles is made good within a tick of the stable version being up again', async () => {
    // Health checks lead the traffic away from the shares that stand: the step never settles.
    const world = await aSteadyWorld(undefined, { stale: 0.8 })
    await world.start()
    const stable = ['aws', 'hetzner'].map((provider) => `hc-${provider}-1.0.8`)
    for (const check of stable) world.red.add(check)
    await world.pass(2)
    expect((await world.canary())?.phase).toBe('settling')
    await world.order('abort')
    await world.pass(4)
    expect(world.shareOf('1.0.9')).toBeGreaterThan(0)
    world.red.clear()
    await world.pass(2)
    expect(world.shareOf('1.0.8')).toBe(1)
    expect(world.told.at(-1)?.sentence).toMatch(/rolled back: aborted by/)
  })

  it('broken-target: a stable version that goes down on the way back is told once, and what went back does not return', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(7)
    await world.order('abort')
    for (const provider of ['aws', 'hetzner']) world.red.add(`hc-${provider}-1.0.8`)
    await world.untilDone()
    expect(world.told.filter(({ code }) => code === 'stable-down').map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/is rolled back: aborted by .*; since then all 2 health checks of media 1.0.8 are red$/),
    ])
    expect(world.shareOf('1.0.9')).toBe(0)
  })

  it('what went back ends with the reason why, however long its change took', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(7)
    world.faults.isRebalanceDead = true
    await world.order('abort')
    await world.pass(2)
    world.faults.isRebalanceDead = false
    await world.untilDone()
    expect(world.told.at(-1)).toMatchObject({ code: 'ended', sentence: expect.stringContaining('is rolled back: aborted by') })
  })
})

describe('evidence', () => {
  it('missing-data: without data nothing is promoted, however long it goes well', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(6)
    world.flow.silent = true
    await world.untilDone()
    // Not even the next step: that is exposure without a look.
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', step: 0 })
  })

  it('monotone-verdict: a canary that failed goes back, whatever is seen or said later', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(6)
    for (const provider of ['aws', 'hetzner']) world.red.add(`hc-${provider}-1.0.8`)
    world.flow.failing = { '1.0.9': 0.5 }
    await world.pass(6)
    expect(await world.canary()).toMatchObject({ verdict: { verdict: 'fail' } })
    const share = world.shareOf('1.0.9')
    await world.order('promote')
    await world.pass(3)
    expect(world.shareOf('1.0.9'), 'nobody raises what failed').toBeLessThanOrEqual(share)
    Object.assign(world.flow, { failing: {} })
    world.red.clear()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(world.shareOf('1.0.9')).toBe(0)
  })

  it('failover-first: while a provider is down the canary is frozen, not judged and not raised; then it goes on', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(6)
    const share = world.shareOf('1.0.9')
    const counted = (await world.canary())?.judge.counted ?? 0
    world.clouds.hetzner = { ...world.clouds.hetzner, isRed: true }
    await world.pass(3)
    const frozenAt = (await world.canary())?.judge.counted ?? 0
    await world.pass(15)
    const canary = await world.canary()
    expect(canary).toMatchObject({ phase: 'baking', frozen: { code: 'failover' } })
    expect(canary?.judge.counted).toBe(frozenAt)
    expect(frozenAt - counted).toBeLessThanOrEqual(2)
    expect(world.shareOf('1.0.9')).toBeLessThanOrEqual(share + 0.01)
    world.clouds.hetzner = { ...world.clouds.hetzner, isRed: false }
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('propagation: nothing is judged and no step is taken before the share is seen in the traffic', async () => {
    const world = await aSteadyWorld()
    await world.start()
    world.zone.inSync = false
    await world.pass(8)
    expect(await world.canary()).toMatchObject({ phase: 'settling', judge: { counted: 0 } })
    await world.pass(10)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
  })

  it('exposure: more failures than the budget bring it back', async () => {
    const budgeted = aCanaryConfiguration({
      ...QUICK,
      exposureBudget: 500,
      worstFailureRatio: 0.01,
      judge: { alpha: 1e-12, toleratedRatio: 1.5 },
    })
    const world = await aSteadyWorld(budgeted, { failing: { '1.0.9': 0.02 } })
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(world.told.map(({ sentence }) => sentence).join()).toContain('more than the budget of 500')
  })
})

describe('the word of a person', () => {
  const WORDS = ['approve', 'resume', 'promote'] as const

  it('no-bypass: starts no second canary (1)', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(7)
    for (const action of WORDS) await world.order(action)
    const wish = { service: 'media', version: '1.0.9', author: 'ops', reason: 'urgent' }
    expect(await world.start(wish, OTHER)).toMatchObject({ next: 'Done', sentence: expect.stringContaining('is in flight') })
    expect((await world.canary())?.execution).toBe(EXECUTION)
  })

  it('no-bypass: takes nothing up again whose generation is over (2)', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(7)
    await world.order('abort')
    for (const action of WORDS) await world.order(action)
    await expect(world.order('promote', { execution: OTHER })).rejects.toThrow('which has none')
    await world.untilDone()
    expect(await world.row()).toMatchObject({ versionShares: { '1.0.8': 1 }, canary: { phase: 'ended', outcome: 'rolledBack' } })
    for (const action of WORDS) await expect(world.order(action)).rejects.toThrow('which has none')
  })

  it('no-bypass: raises nothing while failover has the hostname, not even by a task that was on its way (6)', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(7)
    const { versionShares } = (await world.row()) ?? {}
    world.clouds.hetzner = { ...world.clouds.hetzner, isRed: true }
    await world.pass(3)
    for (const action of WORDS) await world.order(action)
    for (const event of ['promote', 'shift', 'judge'] as const) await world.task(event)
    await world.pass(5)
    expect(await world.row()).toMatchObject({ versionShares, canary: { step: 0, phase: 'baking', frozen: { code: 'failover' } } })
  })

  it('no-bypass: sends nobody to a version whose checks are all red, neither back by abort nor by revert (7)', async () => {
    const world = await aSteadyWorld()
    const stable = ['aws', 'hetzner'].map((provider) => `hc-${provider}-1.0.8`)
    await world.start()
    await world.pass(7)
    for (const check of stable) world.red.add(check)
    expect((await world.order('abort')).sentence).toContain('no way back: all 2 health checks of media 1.0.8 are red')
    expect(world.shareOf('1.0.9')).toBeCloseTo(0.1, 2)
    world.red.clear()
    await world.untilDone()
    world.kill()
    await world.start(undefined, OTHER)
    await world.untilDone(600, OTHER)
    for (const check of stable) world.red.add(check)
    expect(await world.order('revert')).toMatchObject({ isRefused: true, sentence: expect.stringContaining('not reverted') })
    expect(world.shareOf('1.0.9')).toBe(1)
  })

  it('no-bypass: takes no more from a provider than the others have room for (8)', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, maxDwellMinutes: 20 }))
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 })
    await world.pass(4)
    const { providerParts } = (await world.row()) ?? {}
    Object.assign(world.clouds, { aws: { capacity: 500, load: 450 }, hetzner: { capacity: 300, load: 200 } })
    await world.pass(3)
    for (const action of WORDS) await world.order(action)
    for (const event of ['promote', 'shift', 'judge'] as const) await world.task(event)
    await world.pass(5)
    expect(await world.row()).toMatchObject({ providerParts, canary: { step: 0, frozen: { code: 'no-room' } } })
  })

  it('no-bypass: stands in the journal with name and reason', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.pass(7)
    for (const action of ['hold', ...WORDS, 'abort'] as const)
      await world.order(action, { author: 'night shift', reason: `because ${action}` })
    const sentences = world.stores.journal.all.flatMap((entry) => (entry.kind === 'canary' ? [entry.reason.sentence] : []))
    for (const action of ['hold', ...WORDS, 'abort'])
      expect(sentences.some((sentence) => sentence.includes(`by night shift: because ${action}`))).toBe(true)
  })
})

describe('bounded time', () => {
  it('bounded-time: a gate that nobody opens goes back at its deadline; one that is opened goes on', async () => {
    const gated = aCanaryConfiguration({ ...QUICK, gates: [{ atPercent: 50, deadlineMinutes: 30 }] })
    const closed = await aSteadyWorld(gated)
    await closed.start()
    await closed.untilDone()
    expect(await closed.canary()).toMatchObject({ outcome: 'rolledBack' })
    const open = await aSteadyWorld(gated)
    await open.start()
    await open.pass(25)
    expect(await open.canary()).toMatchObject({ step: 1, reason: { code: 'gate' } })
    await open.order('approve')
    await open.untilDone()
    expect(await open.canary()).toMatchObject({ outcome: 'promoted' })
  })
})

describe('conservation', () => {
  it('conservation: after every minute the weights are whole, in range, and carry the stored split', async () => {
    const world = await aSteadyWorld()
    await world.start()
    for (let minute = 0; minute < 40 && world.answer()?.next !== 'Done'; minute++) {
      await world.pass(1)
      const row = await world.row()
      for (const { weight } of world.zone.standing.members) expect(Number.isInteger(weight) && weight >= 0 && weight <= 255).toBe(true)
      for (const [version, share] of Object.entries(row?.versionShares ?? {})) expect(world.shareOf(version)).toBeCloseTo(share, 2)
    }
  })
})

describe('a bad start is refused with the reason, and writes nothing', () => {
  it.each([
    ['an unknown version', { service: 'media', version: '9.9.9' }, 'no such version; media has 1.0.8, 1.0.9'],
    ['the version that stands', { service: 'media', version: '1.0.8' }, 'it stands there already'],
    ['an unknown service', { service: 'mdia', version: '1.0.9' }, 'input.service: seen "mdia"; allowed: media; mend: Did you mean media?'],
    [
      'an unknown provider',
      { hostname: HOSTNAME, provider: 'gcp' },
      'input.provider: seen "gcp"; allowed: aws, hetzner; mend: Name one of them',
    ],
    ['nonsense', { version: 3 }, 'refused: '],
  ])('%s', async (_what, input, sentence) => {
    const world = await aSteadyWorld()
    const { swap } = world.zone.calls
    expect(await world.start(input)).toMatchObject({ next: 'Done', sentence: expect.stringContaining(sentence) })
    expect(await world.row()).toBeUndefined()
    expect(world.zone.calls.swap).toBe(swap)
  })

  it('before the controller has decided anything', async () => {
    const world = aCanaryWorld()
    expect((await world.start()).sentence).toContain('no decision of the controller stands yet')
  })

  it('while somebody is down', async () => {
    const world = await aSteadyWorld()
    world.clouds.aws = { ...world.clouds.aws, isRed: true }
    await world.pass(3)
    expect((await world.start()).next).toBe('Done')
  })
})

describe('a provider canary', () => {
  it('takes a provider out step by step, and leaves it out', async () => {
    const world = await aSteadyWorld()
    const shareOfProvider = () =>
      world.zone.standing.members
        .filter(({ setIdentifier }) => setIdentifier.includes(':hetzner:'))
        .reduce((sum, { weight }) => sum + weight, 0) / world.zone.standing.members.reduce((sum, { weight }) => sum + weight, 0)
    const before = shareOfProvider()
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 })
    expect(shareOfProvider()).toBeCloseTo(before * 0.9, 2)
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
    expect(shareOfProvider()).toBe(0)
  })

  it('propagation: a provider that leaves is not retired while its clients still come; it gets its share back', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, steps: { list: [50] } }))
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 })
    for (let minute = 0; minute < 60 && (await world.canary())?.phase !== 'promoting'; minute++) await world.pass(1)
    expect(await world.canary()).toMatchObject({ phase: 'promoting' })
    world.flow.staleAt = { hetzner: 0.2 }
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect((await world.row())?.providerParts).toEqual({ hetzner: 1 })
    expect(world.told.map(({ sentence }) => sentence).join()).toContain('after 15 minutes the observed share is 20 %, wanted 0 %')
  })

  it('propagation: a provider that leaves may keep the few clients whose resolvers keep old answers', async () => {
    const world = await aSteadyWorld(undefined, { staleAt: { hetzner: 0.03 } })
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 })
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('propagation: a provider that comes in has settled when its clients come, not when anybody comes', async () => {
    const world = await aSteadyWorld()
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 })
    await world.untilDone()
    // A third is wanted, and four fifths stay where they were.
    world.flow.staleAt = { aws: 0.8 }
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 1 }, OTHER)
    await world.untilDone(200, OTHER)
    expect(await world.canary()).toMatchObject({
      outcome: 'rolledBack',
      reason: { sentence: expect.stringMatching(/observed share is .* wanted/) },
    })
    world.flow.staleAt = {}
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 1 }, `${OTHER}-2`)
    await world.untilDone(200, `${OTHER}-2`)
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('no-room: without room for the way back it is refused', async () => {
    const world = await aSteadyWorld()
    Object.assign(world.clouds, { aws: { capacity: 500, load: 450 }, hetzner: { capacity: 300, load: 100 } })
    await world.pass(5)
    expect((await world.start({ hostname: HOSTNAME, provider: 'aws', part: 0 })).sentence).toContain('no room: the others can take')
  })

  it('no-room: a provider that leaves goes no further once the others have no room for it, and at the deadline it gets its share back', async () => {
    const world = await aSteadyWorld(aCanaryConfiguration({ ...QUICK, maxDwellMinutes: 20 }))
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 })
    await world.pass(4)
    Object.assign(world.clouds, { aws: { capacity: 500, load: 450 }, hetzner: { capacity: 300, load: 200 } })
    await world.pass(25)
    expect(await world.canary()).toMatchObject({ step: 0, phase: 'baking', frozen: { code: 'no-room' } })
    expect((await world.canary())?.reason.sentence).toMatch(/no room: the others can take \d+ of 650 requests/)
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect((await world.row())?.providerParts).toEqual({ hetzner: 1 })
  })

  it('that comes in is not kept from taking load off the others', async () => {
    const world = await aSteadyWorld()
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 0 })
    await world.untilDone()
    await world.start({ hostname: HOSTNAME, provider: 'hetzner', part: 1 }, OTHER)
    await world.pass(2, OTHER)
    Object.assign(world.clouds, { aws: { capacity: 500, load: 450 }, hetzner: { capacity: 300, load: 30 } })
    await world.untilDone(200, OTHER)
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })
})
