// A canary whose execution is dead is ended, and only that one: by the event of its end, or by the next sweep when the event was lost.
import { describe, expect, test } from 'vitest'
import { endCanaryOf, endDeadCanaries } from '#lambdas/reconcile/end-canaries.ts'
import { parseEvent } from '#lambdas/reconcile/parse-event.ts'
import type { Canary } from '#model/canary.ts'
import type { CanaryOrder } from '#model/canary-order.ts'
import { aCanaryConfiguration, aSteadyWorld, EXECUTION, QUICK } from '#test/builders/canary-world.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'

const ended = (executionArn = EXECUTION, more: object = {}) => ({
  version: '0',
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  time: '2026-01-31T11:59:30Z',
  detail: {
    executionArn,
    stateMachineArn: 'm',
    name: 'n',
    status: 'ABORTED',
    startDate: 1,
    stopDate: 2,
    error: null,
    cause: null,
    ...more,
  },
})

type World = Awaited<ReturnType<typeof aSteadyWorld>>
type EndOf = (execution: string) => string | undefined

/** What reconcile has of this world. */
function portsOf(world: World, endOf: EndOf) {
  return {
    rows: world.rows,
    executions: { endOf: async (execution: string) => endOf(execution) },
    order: async ({ action, ...more }: CanaryOrder) => {
      await world.order(action, more)
    },
    clock: { nowSeconds: world.now },
  }
}

/** A canary at its first step whose machine is gone. */
async function aDeadCanary(endOf: EndOf = () => undefined) {
  const world = await aSteadyWorld()
  await world.start()
  await world.pass(2)
  world.kill()
  return { world, ports: portsOf(world, endOf) }
}

/** A canary whose machine is gone as soon as its row says so: the state that follows never runs, nor what this one had yet to do. */
async function aCanaryKilledAt(isThere: (canary: Canary) => boolean, { happens, strategy = QUICK }: Story = {}) {
  const world = await aSteadyWorld(aCanaryConfiguration(strategy))
  const { advance } = world.rows
  let isDead = false
  world.rows.advance = async (row, revision) => {
    const isWritten = await advance(row, revision)
    if (isDead || row.canary === undefined || !isThere(row.canary)) return isWritten
    isDead = true
    throw new Error('stopped')
  }
  const untilStopped = async (run: Promise<unknown>) => {
    await run.catch((error: Error) => {
      if (error.message !== 'stopped') throw error
    })
  }
  await untilStopped(world.start())
  for (let minute = 0; minute < 120 && !isDead; minute++) {
    if (minute === 6) await happens?.(world)
    await untilStopped(world.pass(1))
  }
  expect(isDead).toBe(true)
  world.kill()
  return { world, ports: portsOf(world, (execution) => (execution === EXECUTION ? 'FAILED' : undefined)) }
}

/** `happens` in the seventh minute. */
type Story = { readonly happens?: (world: World) => unknown; readonly strategy?: object }

const STATES: [state: string, isThere: (canary: Canary) => boolean, story?: Story][] = [
  ['Shift, before its first step', ({ phase }) => phase === 'shifting'],
  ['Settle', ({ phase }) => phase === 'settling'],
  ['Bake', ({ phase, next }) => phase === 'baking' && next === 'Bake'],
  ['Bake, at a gate', ({ reason }) => reason.code === 'gate', { strategy: { ...QUICK, gates: [{ atPercent: 10 }] } }],
  ['Bake, held by a person', ({ still }) => still?.code === 'held', { happens: (world) => world.order('hold') }],
  [
    'Bake, frozen by failover',
    ({ frozen }) => frozen !== undefined,
    { happens: ({ clouds }) => Object.assign(clouds, { hetzner: { ...clouds.hetzner, isRed: true } }) },
  ],
  ['Judge, before its second step', ({ phase, next }) => phase === 'baking' && next === 'Shift'],
  ['Settle, at its second step', ({ phase, step }) => phase === 'settling' && step === 1],
  ['Judge, before it is promoted', ({ next }) => next === 'Promote'],
  ['Settle, at 100 %', ({ phase }) => phase === 'promoting'],
  ['Bake, at 100 %', ({ phase, next }) => phase === 'lastBake' && next === 'Bake'],
  ['Judge, before it is finished', ({ phase, next }) => phase === 'lastBake' && next === 'Finish'],
  [
    'Rollback, before anything was written',
    ({ phase }) => phase === 'rollingBack',
    { happens: ({ flow }) => Object.assign(flow, { failing: { '1.0.9': 0.5 } }) },
  ],
  [
    'Finish, on its way back',
    ({ phase, next }) => phase === 'rollingBack' && next === 'Finish',
    { happens: ({ flow }) => Object.assign(flow, { failing: { '1.0.9': 0.5 } }) },
  ],
]

describe.each(['event', 'sweep'] as const)('rollback-reachable: a canary whose execution dies is ended by the %s', (by) => {
  test.each(STATES)('in the state %s', async (_state, isThere, story) => {
    const { world, ports } = await aCanaryKilledAt(isThere, story)
    const before = await world.row()
    const report = by === 'event' ? await endCanaryOf(theEnd(ended()), ports) : await endDeadCanaries(ports)
    expect(report).toEqual({ ended: [HOSTNAME] })
    expect(await world.row()).toMatchObject({
      versionShares: { '1.0.8': 1 },
      canary: { phase: 'ended', outcome: 'rolledBack', next: 'Done' },
    })
    // Whoever was on the way back had raised it, and leaves the records to the next tick.
    const wasBack = before?.canary?.phase === 'rollingBack'
    expect((await world.row())?.generation).toBe((before?.generation ?? 0) + (wasBack ? 0 : 1))
    if (wasBack) await world.pass(1)
    expect(world.shareOf('1.0.8')).toBe(1)
    // The lock is given back, once.
    expect(await endDeadCanaries(ports)).toEqual({ ended: [] })
    expect((await world.start(undefined, `${EXECUTION}-2`)).sentence).not.toContain('is in flight')
  })
})

test('broken-target: a canary that dies while its stable version is down stays where it is until that is up', async () => {
  const { world, ports } = await aCanaryKilledAt(({ phase }) => phase === 'baking')
  for (const provider of ['aws', 'hetzner']) world.red.add(`hc-${provider}-1.0.8`)
  await endCanaryOf(theEnd(ended()), ports)
  expect(await world.canary()).toMatchObject({ phase: 'baking', reason: { code: 'no-way-back' } })
  expect(world.shareOf('1.0.9')).toBeCloseTo(0.1, 2)
  world.red.clear()
  expect(await endDeadCanaries(ports)).toEqual({ ended: [HOSTNAME] })
  expect(world.shareOf('1.0.8')).toBe(1)
})

function theEnd(raw: unknown) {
  const event = parseEvent(raw)
  if (event.kind !== 'ended') throw new Error(`expected the end of an execution, seen ${event.kind}`)
  return event
}

describe('the event of an execution that ended', () => {
  test('restores the shares that stood, and says why', async () => {
    const { world, ports } = await aDeadCanary()
    expect(world.shareOf('1.0.9')).toBeGreaterThan(0)
    expect(await endCanaryOf(theEnd(ended(EXECUTION, { cause: 'wrong version' })), ports)).toEqual({ ended: [HOSTNAME] })
    expect(world.shareOf('1.0.9')).toBe(0)
    expect(await world.canary()).toMatchObject({ phase: 'ended' })
    expect(world.told.at(-1)?.sentence).toContain('its execution ended before its time: ABORTED: wrong version')
  })

  test('of another canary changes nothing', async () => {
    const { world, ports } = await aDeadCanary()
    const before = await world.row()
    expect(await endCanaryOf(theEnd(ended(`${EXECUTION}-other`)), ports)).toEqual({ ended: [] })
    expect(await world.row()).toEqual(before)
  })

  test('of a canary that had come to its end changes nothing', async () => {
    const { world, ports } = await aDeadCanary()
    await endCanaryOf(theEnd(ended()), ports)
    const before = await world.row()
    expect(await endCanaryOf(theEnd(ended()), ports)).toEqual({ ended: [] })
    expect(await world.row()).toEqual(before)
  })

  test.each(['SUCCEEDED', 'RUNNING', 'LOST'])('with the status %s is refused, since it asks for nothing', (status) => {
    expect(() => parseEvent(ended(EXECUTION, { status }))).toThrow(/status/)
  })
})

describe('a sweep', () => {
  test('ends a canary whose execution is dead, though nobody told', async () => {
    const { world, ports } = await aDeadCanary((execution) => (execution === EXECUTION ? 'TIMED_OUT' : undefined))
    expect(await endDeadCanaries(ports)).toEqual({ ended: [HOSTNAME] })
    expect(world.shareOf('1.0.9')).toBe(0)
  })

  test('leaves a canary alone whose execution runs', async () => {
    const { world, ports } = await aDeadCanary()
    const before = await world.row()
    expect(await endDeadCanaries(ports)).toEqual({ ended: [] })
    expect(await world.row()).toEqual(before)
  })
})
