// What the doors of a canary refuse: orders of another time, and names that nobody has. Nothing is written then.
import { describe, expect, it } from 'vitest'
import { judgeCanary } from '#lambdas/canary/judge/judge-canary.ts'
import { StepTask } from '#model/canary-order.ts'
import { aCanaryConfiguration, aSteadyWorld, EXECUTION } from '#test/builders/canary-world.ts'

describe('an order', () => {
  it.each([
    [-300, '300 s ago'],
    [86_400, '86400 s ahead'],
  ])('of a time %s s from now is refused with the time seen and what is allowed', async (off, seen) => {
    const world = await aSteadyWorld()
    await world.start()
    const before = JSON.stringify(await world.row())
    const refused = world.order('promote', { time: world.now() + off })
    await expect(refused).rejects.toThrow(
      new RegExp(`^event\\.time: seen .*${seen}; allowed: epoch seconds within 60 of now .*; mend: Look`),
    )
    expect(JSON.stringify(await world.row())).toBe(before)
  })

  it('of reconcile is heard however late: the execution has died all the same', async () => {
    const world = await aSteadyWorld()
    await world.start()
    await world.order('died', { time: world.now() - 3600, execution: EXECUTION })
    expect(await world.canary()).toMatchObject({ phase: 'ended', outcome: 'rolledBack' })
  })

  it('for a hostname that nobody has names those there are', async () => {
    const world = await aSteadyWorld()
    await expect(world.order('abort', { hostname: 'medai.example.com' })).rejects.toThrow(
      'event.hostname: seen "medai.example.com"; allowed: media.example.com; mend: Did you mean media.example.com?',
    )
  })
})

it('the judge objects to an unknown hostname in the same words', async () => {
  const ports = {
    configuration: { load: async () => aCanaryConfiguration() },
    metrics: { read: async () => [] },
    alarms: { states: async () => new Map() },
    clock: { nowSeconds: () => 0 },
  }
  await expect(judgeCanary({ hostname: 'www.example.org' } as never, ports)).rejects.toThrow(
    'event.hostname: seen "www.example.org"; allowed: media.example.com; mend: Name one of them',
  )
})

it('a wait that is no whole number of seconds is no answer of a task', () => {
  const canary = { hostname: 'h', generation: 1, turn: 0, next: 'Bake', sentence: '' }
  const read = (waitSeconds: number) => StepTask.safeParse({ execution: 'e', event: 'judge', canary: { ...canary, waitSeconds } }).success
  expect([read(60), read(0.5)]).toEqual([true, false])
})
