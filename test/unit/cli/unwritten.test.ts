// What an operator is told, and with which exit status, when what was stored is not in Route 53 yet: one test for each outcome.
import { describe, expect, test } from 'vitest'
import { Answer } from '#cli/answer.ts'
import { outcome } from '#cli/ask.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { observedRecords } from '#test/builders/records.ts'
import { aWorld } from './a-world.ts'

const OVERTAKEN = { kind: 'conflict', messages: ['the fence was not found as given'] } as const
const THROTTLED = { kind: 'throttled', message: 'Rate exceeded' } as const

/** A mistake stands, and a good plan before it. */
async function mistaken() {
  const world = aWorld()
  await world.tick(8)
  await world.sluice('pin', HOSTNAME, 'aws=.9', 'hetzner=.1', '--reason', 'mistake', '--for', '1h')
  return world
}

const rollback = ['rollback', HOSTNAME, '--reason', 'x']
const PINNED =
  /^media\.example\.com is pinned to its last good plan until 20:08:30 \(in 12h\), but this is not yet written to Route 53\.\n\n/

describe('a rollback', () => {
  test('that Route 53 throttled is pinned: 6, and the next tick writes it', async () => {
    const world = await mistaken()
    world.zone.forced.push(THROTTLED)
    const { exitCode, out } = await world.sluice(...rollback)
    expect([exitCode, out]).toEqual([6, expect.stringMatching(PINNED)])
    expect(out).toContain('goes first in the next tick')
    const before = world.zone.standing.members
    await world.tick(1)
    expect(world.zone.standing.members).not.toEqual(before)
    expect(world.zone.standing.fence?.generation).toBe(3)
  })

  test('that met another writer is pinned: 6', async () => {
    const world = await mistaken()
    world.zone.forced.push(OVERTAKEN)
    const { exitCode, out } = await world.sluice(...rollback)
    expect([exitCode, out]).toEqual([6, expect.stringMatching(PINNED)])
    expect(out).toContain('somebody else wrote at the same time')
  })

  test('whose write ended with an error is pinned: 6, and the next tick writes it', async () => {
    const world = await mistaken()
    const { swap } = world.zone
    world.zone.swap = () => Promise.reject(new Error('the socket hung up'))
    const { exitCode, out } = await world.sluice(...rollback)
    expect([exitCode, out]).toEqual([6, expect.stringMatching(PINNED)])
    expect(out).toContain('the rollback is pinned and could not be written: Error: the socket hung up')
    world.zone.swap = swap
    await world.tick(1)
    expect(world.zone.standing.fence?.generation).toBe(3)
  })

  test('that ended with an error before it was pinned was not done: 1', async () => {
    const world = await mistaken()
    world.zone.list = () => Promise.reject(new Error('the socket hung up'))
    const { exitCode, out } = await world.sluice(...rollback)
    expect([exitCode, out]).toEqual([1, expect.stringContaining('nothing was pinned or written: Error: the socket hung up')])
  })

  test('that was written is done: 0', async () => {
    expect(await (await mistaken()).sluice(...rollback)).toMatchObject({ exitCode: 0, out: expect.stringContaining('is rolled back and') })
  })
})

describe('a drain', () => {
  const drain = ['drain', 'hetzner', '--reason', 'x', '--for', '1h']

  test('that Route 53 throttled is stored: 6', async () => {
    const world = await mistaken()
    world.zone.forced.push(THROTTLED)
    const { exitCode, out } = await world.sluice(...drain)
    expect([exitCode, out]).toEqual([6, expect.stringMatching(/^hetzner is drained until .*, but this is not yet written to Route 53\.\n/)])
  })

  test('that met another writer twice is stored: 6; once, it is planned again and done: 0', async () => {
    const world = await mistaken()
    world.zone.forced.push(OVERTAKEN, OVERTAKEN)
    expect((await world.sluice(...drain)).exitCode).toBe(6)
    world.zone.forced.push(OVERTAKEN)
    expect((await world.sluice('undrain', 'hetzner', '--reason', 'x')).exitCode).toBe(0)
  })
})

describe('each outcome of what was sent', () => {
  const configuration = aConfiguration({ hostnames: [aHostname(), aHostname({ hostname: 'other.example.com' })] })
  const reason = { code: 'any', sentence: 'why' }
  const receipt = { hostname: HOSTNAME, changeId: 'C1', fence: { generation: 2, sequence: 8 }, submittedAt: 1, reason }
  const asked = {
    request: { action: 'unpin', hostname: HOSTNAME, reason: 'x' } as const,
    isDryRun: false,
    headline: 'no longer pinned',
    concerned: configuration.hostnames.slice(0, 1),
  }
  const session = aWorld(configuration).session
  const statusOf = (one: object, hostname = HOSTNAME) => {
    const plan = { hostname, cause: 'override', changes: [], reason, refusals: [] }
    const answer = { kind: 'done', decisions: [], plans: [plan], outcomes: [{ hostname, ...one }], confirmed: [] }
    return outcome(session, asked, { kind: 'answered', answer: Answer.parse(answer) }).exitCode
  }
  const refusals = [{ guard: 'ownership', reason }]

  test.each([
    [0, { kind: 'applied', receipt }],
    [0, { kind: 'already', observed: observedRecords() }],
    [0, { kind: 'looked', observed: observedRecords() }],
    [1, { kind: 'refused', refusals }],
    [6, { kind: 'conflict', observed: observedRecords(), reason }],
    [6, { kind: 'deferred', reason }],
    [6, { kind: 'failed', reason }],
  ])('%i: %o', (status, one) => {
    expect(statusOf(one)).toBe(status)
  })

  test('of a hostname that was not asked about does not count', () => {
    expect(statusOf({ kind: 'deferred', reason }, 'other.example.com')).toBe(0)
  })

  test('6 when others have advanced the memory meanwhile, so that the next tick decides', () => {
    const output = outcome(session, asked, { kind: 'answered', answer: { kind: 'overtaken', reason } })
    expect(output).toMatchObject({
      exitCode: 6,
      lines: ['no longer pinned, but this is not yet written to Route 53.', 'why'],
    })
  })
})
