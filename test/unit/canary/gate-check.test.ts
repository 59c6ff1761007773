// A check at a gate: a function that is asked whether a canary may go on. Yes goes on, no goes back, and no answer by the deadline goes back, too.
import { describe, expect, it } from 'vitest'
import { lambdaGateChecks } from '#adapters/aws/lambda-gate-checks.ts'
import { aCanaryConfiguration, aSteadyWorld, EXECUTION, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'

const check = { function: 'media-smoke-test', timeoutSeconds: 5 }
const checked = aCanaryConfiguration({ ...QUICK, gates: [{ atPercent: 50, deadlineMinutes: 30, check }] })

async function aWorldAtTheGate(minutes = 14) {
  const world = await aSteadyWorld(checked)
  world.gateCheck.answer = () => Promise.reject(new Error('it is not there'))
  await world.start()
  await world.pass(minutes)
  return world
}
const sentences = (world: Awaited<ReturnType<typeof aSteadyWorld>>) => world.told.map(({ sentence }) => sentence).join('\n')

describe('gate-check: a function at a gate', () => {
  it('that allows it is asked once, at its step, after the least dwell, with what it has to know', async () => {
    const world = await aSteadyWorld(checked)
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
    expect(world.asked).toEqual([
      {
        ...{ function: 'media-smoke-test', stage: 'test', hostname: HOSTNAME, execution: EXECUTION, percent: 50 },
        ...{ generation: expect.any(Number), time: expect.any(Number) },
        subject: { kind: 'version', service: 'media', version: '1.0.9', from: '1.0.8' },
      },
    ])
  })

  it('that says no has the canary go back at once, with its reason', async () => {
    const world = await aSteadyWorld(checked)
    world.gateCheck.answer = async () => ({ allow: false, reason: '3 of 40 smoke tests failed' })
    await world.start()
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack', step: 1 })
    expect(sentences(world)).toContain('media 1.0.9 is rolled back: the check at 50 % says no: 3 of 40 smoke tests failed')
    expect(world.asked).toHaveLength(1)
  })

  it('that gives no answer is asked each minute, and at the deadline it goes back', async () => {
    const world = await aWorldAtTheGate(25)
    expect(await world.canary()).toMatchObject({
      phase: 'baking',
      step: 1,
      reason: { code: 'check', sentence: expect.stringContaining('it is not there') },
    })
    await world.untilDone(40)
    expect(await world.canary()).toMatchObject({ outcome: 'rolledBack' })
    expect(sentences(world)).toContain('nobody approved 50 % within 30 minutes: it is not there')
    expect(world.asked.length).toBeGreaterThan(15)
    expect(world.troubles).toContain('the check could not be asked')
  })

  it('that answers at last lets it go on', async () => {
    const world = await aWorldAtTheGate(20)
    world.gateCheck.answer = async () => ({ allow: true, reason: 'well now' })
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('is overruled by a person who approves, and neither asked nor heard while one holds the canary', async () => {
    const world = await aWorldAtTheGate(25)
    await world.order('hold')
    const asked = world.asked.length
    await world.pass(5)
    expect(world.asked).toHaveLength(asked)
    await world.order('approve')
    await world.untilDone()
    expect(await world.canary()).toMatchObject({ outcome: 'promoted' })
  })

  it('rollback-reachable: stands in nobody’s way back', async () => {
    const world = await aWorldAtTheGate(25)
    await world.order('abort')
    expect(world.shareOf('1.0.8')).toBe(1)
  })
})

describe('the answer of the function', () => {
  const answering = (payload: unknown) =>
    lambdaGateChecks({ send: async () => ({ Payload: Buffer.from(JSON.stringify(payload)) }) } as never)

  it.each([
    ['yes', { allow: true, reason: 'fine' }, { allow: true, reason: 'fine' }],
    ['no without a reason', { allow: false }, { allow: false, reason: 'no reason was given' }],
  ])('%s is taken', async (_what, payload, answer) => {
    expect(await answering(payload).ask(check, {} as never)).toEqual(answer)
  })

  it.each([
    ['null', null],
    ['a text', 'yes'],
    ['a word for allow', { allow: 'true' }],
    ['nothing', {}],
  ])('%s is none', async (_what, payload) => {
    await expect(answering(payload).ask(check, {} as never)).rejects.toThrow(
      'media-smoke-test answered something else than {"allow": true or false',
    )
  })

  it('is waited for as long as the strategy says', async () => {
    const silent = {
      send: (_command: unknown, { abortSignal }: { abortSignal: AbortSignal }) =>
        new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(abortSignal.reason))),
    }
    await expect(lambdaGateChecks(silent as never).ask({ ...check, timeoutSeconds: 0.05 }, {} as never)).rejects.toThrow(/timeout/i)
  })
})
