// A newer version while another is in flight: refused, or begun when that one has gone back, within bounded time. Never two at once.
import { describe, expect, it } from 'vitest'
import { aCanaryConfiguration, aSteadyWorld, aVersionedProvider, EXECUTION, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'

const NEWER = `${EXECUTION}-newer`
const NEWEST = `${EXECUTION}-newest`
const newer = { service: 'media', version: '1.1.0', author: 'ci', reason: 'release 1.1.0' }
const newest = { service: 'media', version: '1.2.0', author: 'ci', reason: 'release 1.2.0' }

/** Four versions side by side. */
function aConfiguration(onSupersede: 'reject' | 'rollbackFirst' = 'rollbackFirst', more: object = {}) {
  const versions = ['1.0.8', '1.0.9', '1.1.0', '1.2.0']
  const providers = [aVersionedProvider('aws', 500, versions), aVersionedProvider('hetzner', 300, versions)]
  return { ...aCanaryConfiguration({ ...QUICK, onSupersede, ...more }), providers }
}

/** With 1.0.9 in flight for some minutes. */
async function aWorldInFlight(configuration = aConfiguration(), minutes = 8) {
  const world = await aSteadyWorld(configuration)
  await world.start()
  await world.pass(minutes)
  return world
}

/** Looks of the waiting start, half a minute apart rounded up to the minute of the world, until it begins or is refused. */
async function untilAnswered(
  world: Awaited<ReturnType<typeof aSteadyWorld>>,
  input: object,
  execution: string,
  startedAt: number,
  most = 60,
) {
  for (let minute = 0; minute < most; minute++) {
    const answer = await world.start(input, execution, startedAt)
    if (answer.next !== 'Begin') return { answer, minute }
    await world.pass(1)
  }
  throw new Error('it waited without end')
}

describe('single-flight: a newer version with rollbackFirst', () => {
  it('has the one in flight go back at once, and takes the lock under a generation of its own when that has ended', async () => {
    const world = await aWorldInFlight()
    const startedAt = world.now()
    const before = (await world.row())?.generation ?? 0
    const first = await world.start(newer, NEWER)
    expect(first).toMatchObject({
      next: 'Begin',
      waitSeconds: 30,
      sentence: 'waits until media 1.0.9 has gone back, which media 1.1.0 supersedes',
    })
    expect([world.shareOf('1.0.8'), world.shareOf('1.1.0')]).toEqual([1, 0])
    expect(await world.canary()).toMatchObject({
      execution: EXECUTION,
      phase: 'rollingBack',
      abortAsked: { author: 'ci', reason: 'superseded by media 1.1.0: release 1.1.0' },
    })
    const { answer, minute } = await untilAnswered(world, newer, NEWER, startedAt)
    expect(answer).toMatchObject({ next: 'Shift', generation: before + 2 })
    expect(minute).toBeLessThanOrEqual(10)
    expect(await world.canary()).toMatchObject({ execution: NEWER, subject: { version: '1.1.0', from: '1.0.8' } })
    await world.untilDone(600, NEWER)
    expect(world.shareOf('1.1.0')).toBe(1)
  })

  it('says so once: looking again gives no second order', async () => {
    const world = await aWorldInFlight()
    const startedAt = world.now()
    await world.start(newer, NEWER)
    const { generation } = (await world.row()) ?? {}
    await world.start(newer, NEWER, startedAt)
    expect((await world.row())?.generation).toBe(generation)
  })

  it('that would be refused anyway leaves the one in flight alone', async () => {
    const world = await aWorldInFlight()
    const before = JSON.stringify(await world.row())
    expect((await world.start({ service: 'media', version: '9.9.9' }, NEWER)).sentence).toContain('no such version')
    expect(JSON.stringify(await world.row())).toBe(before)
  })

  it('is refused where the way back is barred for too long, and the one in flight stays in charge', async () => {
    const world = await aWorldInFlight()
    for (const provider of ['aws', 'hetzner']) world.red.add(`hc-${provider}-1.0.8`)
    await world.pass(1)
    const { answer, minute } = await untilAnswered(world, newer, NEWER, world.now())
    expect(answer).toMatchObject({ next: 'Done', sentence: expect.stringMatching(/has not gone back within 25 minutes: .*no way back/) })
    expect(minute).toBeLessThanOrEqual(25)
    expect(await world.canary()).toMatchObject({ execution: EXECUTION })
  })

  it('of two that wait only the newest begins, whichever looks first', async () => {
    for (const isOlderFirst of [true, false]) {
      const world = await aWorldInFlight()
      const asked = world.now()
      await world.start(newer, NEWER, asked)
      await world.start(newest, NEWEST, asked + 0.5)
      await world.untilDone(30)
      const looks = [() => world.start(newer, NEWER, asked), () => world.start(newest, NEWEST, asked + 0.5)]
      const [first, second] = isOlderFirst ? looks : looks.toReversed()
      await first?.()
      await second?.()
      if (isOlderFirst) await world.untilDone(30, NEWER)
      await untilAnswered(world, newest, NEWEST, asked + 0.5)
      expect(await world.canary()).toMatchObject({ execution: NEWEST })
      expect(await world.start(newer, NEWER, asked)).toMatchObject({ next: 'Done', sentence: expect.stringContaining('is in flight') })
    }
  })

  it.each([1, 3, 5, 12, 20, 30])('finds one canary at most at any minute, begun %s minutes after the other', async (minutes) => {
    const world = await aWorldInFlight(aConfiguration(), minutes)
    const startedAt = world.now()
    const { answer } = await untilAnswered(world, newer, NEWER, startedAt)
    expect(answer.next).toBe('Shift')
    // Its own arms and nothing else: what was in flight before has left the split, or has become what it starts from.
    const { canary, versionShares = {} } = (await world.row()) ?? {}
    expect(canary).toMatchObject({ execution: NEWER, subject: { version: '1.1.0' } })
    expect(Object.keys(versionShares).toSorted()).toEqual([canary?.subject.kind === 'version' ? canary.subject.from : '', '1.1.0'])
  })
})

describe('single-flight: a second start is refused', () => {
  it.each([
    ['by a strategy that rejects', 'reject', newer],
    ['when it is the version in flight', 'rollbackFirst', { service: 'media', version: '1.0.9' }],
    ['when it shifts a provider', 'rollbackFirst', { hostname: HOSTNAME, provider: 'hetzner', part: 0 }],
  ] as const)('%s', async (_what, onSupersede, input) => {
    const world = await aWorldInFlight(aConfiguration(onSupersede))
    const before = JSON.stringify(await world.row())
    expect(await world.start(input, NEWER)).toMatchObject({
      next: 'Done',
      sentence: expect.stringContaining('is in flight since generation'),
    })
    expect(JSON.stringify(await world.row())).toBe(before)
  })
})
