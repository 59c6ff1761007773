// What stands in the journal when a guard refuses, or a plan fails: once, until it changes.
import { describe, expect, test } from 'vitest'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aController, operator } from '#test/builders/controller.ts'

type World = ReturnType<typeof aController>

const refused = ({ journal }: World) =>
  journal.all.flatMap((entry) =>
    entry.kind === 'refused' ? [entry.refusals.map(({ guard, reason }) => `${guard} ${reason.code}`).join()] : [],
  )

/** A change that the signals want: hetzner dies. */
const fail = ({ clouds }: World) => Object.assign(clouds.hetzner ?? {}, { isRed: true })

const pause = async (world: World) => {
  await world.send(operator(world.now(), { action: 'pause', hostname: HOSTNAME, reason: 'hands off', expiresAt: world.now() + 36_000 }))
}
const resume = (world: World) => world.send(operator(world.now(), { action: 'resume', hostname: HOSTNAME, reason: 'done' }))

async function pausedWithAChange(): Promise<World> {
  const world = aController()
  await world.tick(3)
  await pause(world)
  fail(world)
  await world.tick(8)
  return world
}

describe('a refusal of a guard where plans are made', () => {
  test('stands in the journal once, with its sentence, however many ticks it lasts', async () => {
    const world = await pausedWithAChange()
    expect(refused(world)).toEqual(['paused paused'])
    expect(world.journal.all.find(({ kind }) => kind === 'refused')).toMatchObject({
      hostname: HOSTNAME,
      refusals: [{ reason: { sentence: expect.stringContaining('hands off') } }],
    })
  })

  test('stands there again when another guard objects', async () => {
    const world = await pausedWithAChange()
    const stored = await world.records.get(HOSTNAME)
    if (stored === undefined) throw new Error('nothing is stored')
    const stranger = { name: HOSTNAME, type: 'A', setIdentifier: 'by-hand', why: 'not ours' }
    await world.records.put({ ...stored, observed: { ...stored.observed, strangers: [stranger] } })
    await world.tick(3)
    expect(refused(world)).toEqual(['paused paused', 'ownership stranger'])
  })

  test('is news again after a write', async () => {
    const world = await pausedWithAChange()
    await resume(world)
    await world.tick(2)
    expect((await world.records.get(HOSTNAME))?.refused).toBeUndefined()
    await pause(world)
    Object.assign(world.clouds.hetzner ?? {}, { isRed: false })
    await world.tick(30)
    expect(refused(world)).toEqual(['paused paused', 'paused paused'])
  })

  test('is forgotten when nothing is to be changed any more', async () => {
    const world = await pausedWithAChange()
    const { members } = world.zone.standing
    const stored = await world.records.get(HOSTNAME)
    if (stored === undefined) throw new Error('nothing is stored')
    expect(stored.refused).toBe('paused paused')
    // The decision stands since; a hand writes just what it asks for.
    await resume(world)
    expect(world.zone.standing.members).not.toEqual(members)
    await world.records.put({ ...stored, observed: { ...world.zone.standing, observedAt: world.now() } })
    await world.tick(2)
    expect((await world.records.get(HOSTNAME))?.refused).toBeUndefined()
    expect(refused(world)).toHaveLength(1)
  })

  test('survives a look at the records', async () => {
    const world = await pausedWithAChange()
    const seen = { ...world.zone.standing, observedAt: world.now() }
    await world.send({ source: 'reconcile', observed: [seen] })
    await world.tick(2)
    expect(refused(world)).toHaveLength(1)
  })
})

test('a plan that fails again and again stands in the journal once', async () => {
  const world = aController()
  await world.tick(3)
  fail(world)
  world.zone.beforeSwap = () => {
    throw Object.assign(new Error('the zone is gone'), { name: 'NoSuchHostedZone' })
  }
  const report = await world.tick(8)
  expect(report).toMatchObject({ outcomes: [{ kind: 'failed' }] })
  expect(refused(world)).toEqual(['apply failed'])
  world.zone.beforeSwap = () => {}
  await world.tick(2)
  expect(world.journal.all.at(-1)).toMatchObject({ kind: 'inSync' })
  expect((await world.records.get(HOSTNAME))?.refused).toBeUndefined()
})

test('a plan that apply refuses again and again stands in the journal once', async () => {
  const world = aController()
  await world.tick(3)
  fail(world)
  const { apply } = world.ports.applier
  // A pause that came after the plan was made, each time.
  Object.assign(world.ports.applier, {
    apply: async (request: Parameters<typeof apply>[0]) => {
      const at = world.now()
      await world.overrides.put({ kind: 'pause', hostname: HOSTNAME, author: 'me', reason: 'x', createdAt: at, expiresAt: at + 600 })
      const answer = await apply(request)
      await world.overrides.remove(`pause#${HOSTNAME}`)
      return answer
    },
  })
  await world.tick(6)
  expect(refused(world)).toEqual(['paused paused'])
})
