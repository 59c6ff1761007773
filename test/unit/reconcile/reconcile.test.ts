// The sweep: what it hands over, and which health checks it removes.
import { expect, test } from 'vitest'
import { reconcile } from '#lambdas/reconcile/reconcile.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aRecord, observedRecords } from '#test/builders/records.ts'
import { memoryGoodPlans, memoryRecords } from '#test/fakes/memory-stores.ts'

function aSweep(
  standing: ObservedRecords,
  remembered: readonly ObservedRecords[] = [observedRecords()],
  good: readonly GoodPlan[] = [],
  unreadable: { readonly records?: readonly string[]; readonly good?: readonly string[] } = {},
) {
  const handedOver: ObservedRecords[] = []
  const removed: string[] = []
  const records = memoryRecords(remembered.map((observed) => ({ observed })))
  const checks = ['hc-aws', 'hc-hetzner', 'hc-old', 'hc-kept'].map((id) => ({ id, provider: 'aws', endpoint: 'edge' }))
  const run = () =>
    reconcile(aConfiguration(), {
      zone: { list: async () => standing },
      records: { ...records, unreadable: async () => unreadable.records ?? [] },
      goodPlans: { ...memoryGoodPlans(good), unreadable: async () => unreadable.good ?? [] },
      healthChecks: { list: async () => checks, remove: async (id) => void removed.push(id) },
      handOver: async (observed) => void handedOver.push(...observed),
    })
  return { run, handedOver, removed, records }
}

test('a sweep that finds everything as remembered hands nothing over', async () => {
  const { run, handedOver } = aSweep(observedRecords({ observedAt: 5_000 }))
  expect(await run()).toMatchObject({ looked: 1, drifted: [] })
  expect(handedOver).toEqual([])
})

test.each([
  ['a weight edited by hand', { members: [aRecord('aws', 9), aRecord('hetzner', 1)] }],
  ['a record removed by hand', { members: [aRecord('aws', 1)] }],
  ['another fence', { fence: { generation: 1, sequence: 8, ttlSeconds: 60 } }],
  ['a stranger', { strangers: [{ name: HOSTNAME, type: 'A', why: 'not a weighted record' }] }],
])('%s is remembered and handed over', async (_what, difference) => {
  const standing = observedRecords({ observedAt: 5_000, ...difference })
  const { run, handedOver, records } = aSweep(standing)
  expect((await run()).drifted).toEqual([HOSTNAME])
  expect(handedOver).toEqual([standing])
  expect((await records.get(HOSTNAME))?.observed).toEqual(standing)
})

test('what was listed before a newer write is not handed over', async () => {
  const { run, handedOver } = aSweep(observedRecords({ observedAt: 100, members: [] }))
  expect((await run()).drifted).toEqual([])
  expect(handedOver).toEqual([])
})

test('a health check goes only when neither the configuration nor a record names it', async () => {
  const { run, removed } = aSweep(observedRecords({ observedAt: 5_000, members: [aRecord('aws', 1, { healthCheckId: 'hc-kept' })] }))
  await run()
  expect(removed).toEqual(['hc-old'])
})

test('clean-up: a health check that the last good plan, or the one before it, names is kept', async () => {
  const standing = { fence: { generation: 1, sequence: 1 }, since: 1 }
  const good: GoodPlan = {
    hostname: HOSTNAME,
    members: [aRecord('aws', 1, { healthCheckId: 'hc-old' })],
    ...standing,
    previous: { members: [aRecord('aws', 1, { healthCheckId: 'hc-kept' })], ...standing },
  }
  const { run, removed } = aSweep(observedRecords({ observedAt: 5_000 }), [observedRecords()], [good])
  await run()
  expect(removed).toEqual([])
})

test('clean-up: a health check stays while the records of a hostname taken out of the file name it', async () => {
  const left = observedRecords({ hostname: 'left.example.com', members: [aRecord('aws', 1, { healthCheckId: 'hc-old' })] })
  const { run, removed } = aSweep(observedRecords({ observedAt: 5_000 }), [observedRecords(), left])
  await run()
  expect(removed).toEqual(['hc-kept'])
})

test.each([
  ['good plan', { good: ['left.example.com'] }, 'good left.example.com'],
  ['memory of its records', { records: ['left.example.com'] }, 'records left.example.com'],
])('clean-up: no health check is removed while a %s cannot be read, and the report says so', async (_, unreadable, item) => {
  const { run, removed } = aSweep(observedRecords({ observedAt: 5_000 }), [observedRecords()], [], unreadable)
  const { failures, removedHealthChecks } = await run()
  expect([removed, removedHealthChecks]).toEqual([[], []])
  expect(failures).toEqual([expect.stringMatching(`^no health check is removed: .*${item}$`)])
})

test('a zone that is gone does not hide the hostnames of another, and no health check is removed then', async () => {
  const removed: string[] = []
  const report = await reconcile(
    aConfiguration({ hostnames: [aHostname({ hostname: 'gone.example.com', zoneId: 'ZGONE' }), aHostname()] }),
    {
      zone: {
        list: async (zoneId) => {
          if (zoneId === 'ZGONE') throw new Error('no such zone')
          return observedRecords({ observedAt: 5_000, members: [] })
        },
      },
      records: memoryRecords([{ observed: observedRecords() }]),
      goodPlans: memoryGoodPlans([]),
      healthChecks: {
        list: async () => [{ id: 'hc-old', provider: 'aws', endpoint: 'edge' }],
        remove: async (id) => void removed.push(id),
      },
      handOver: async () => {},
    },
  )
  expect(report).toMatchObject({
    looked: 1,
    unseen: 1,
    drifted: [HOSTNAME],
    failures: ['zone ZGONE could not be listed: Error: no such zone'],
  })
  expect(removed).toEqual([])
})

test('a sweep tells records that somebody has changed from a fence or a stranger beside our own', async () => {
  const isOurs = async (change: Partial<ObservedRecords>) => {
    const { run, records } = aSweep(observedRecords({ observedAt: 5_000, ...change }))
    await records.put({ observed: observedRecords(), isOurs: true })
    expect((await run()).drifted).toEqual([HOSTNAME])
    return (await records.get(HOSTNAME))?.isOurs
  }
  expect(await isOurs({ members: [aRecord('aws', 9), aRecord('hetzner', 1)] })).toBeUndefined()
  expect(await isOurs({ members: [] })).toBeUndefined()
  expect(await isOurs({ fence: { generation: 1, sequence: 8, ttlSeconds: 60 } })).toBe(true)
})
