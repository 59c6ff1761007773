// A canary whose execution is dead is ended, and only that one: by the event of its end, or by the next sweep when the event was lost.
import { describe, expect, test } from 'vitest'
import { endCanaryOf, endDeadCanaries } from '#lambdas/reconcile/end-canaries.ts'
import { parseEvent } from '#lambdas/reconcile/parse-event.ts'
import type { CanaryOrder } from '#model/canary-order.ts'
import { aSteadyWorld, EXECUTION } from '#test/builders/canary-world.ts'
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

/** A canary at its first step whose machine is gone. */
async function aDeadCanary(endOf: (execution: string) => string | undefined = () => undefined) {
  const world = await aSteadyWorld()
  await world.start()
  await world.pass(2)
  world.kill()
  const ports = {
    rows: world.rows,
    executions: { endOf: async (execution: string) => endOf(execution) },
    order: async ({ action, ...more }: CanaryOrder) => {
      await world.order(action, more)
    },
    clock: { nowSeconds: world.now },
  }
  return { world, ports }
}

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
