// A sweep over more hostnames than fit into its time or into one event.
import { expect, test } from 'vitest'
import { reconcile, type SweepTime } from '#lambdas/reconcile/reconcile.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import { aConfiguration, aHostname } from '#test/builders/configuration.ts'
import { aRecord, observedRecords } from '#test/builders/records.ts'
import { memoryGoodPlans, memoryRecords } from '#test/fakes/memory-stores.ts'

const names = (count: number) => Array.from({ length: count }, (_, index) => `s${String(index).padStart(4, '0')}.example.com`)

/** Nothing is remembered, so that everything that is seen has drifted. */
function aLargeSweep(count: number, time?: Partial<SweepTime>) {
  const handedOver: ObservedRecords[][] = []
  const removed: string[] = []
  const seen: string[] = []
  const records = memoryRecords()
  const configuration = aConfiguration({ hostnames: names(count).map((hostname) => aHostname({ hostname })) })
  const run = () =>
    reconcile(
      configuration,
      {
        zone: {
          list: async () => Promise.reject(new Error('a zone that can be walked is not listed name by name')),
          async *walk(_zoneId, hostnames) {
            for (const hostname of hostnames) {
              seen.push(hostname)
              yield observedRecords({ hostname, observedAt: 5_000, members: [aRecord('aws', 1)] })
            }
          },
        },
        records,
        goodPlans: memoryGoodPlans(),
        healthChecks: {
          list: async () => [{ id: 'hc-old', provider: 'aws', endpoint: 'edge' }],
          remove: async (id) => void removed.push(id),
        },
        handOver: async (observed) => void handedOver.push([...observed]),
      },
      { isOver: () => seen.length >= 5, begin: 0, ...time },
    )
  return { run, handedOver, removed, seen, records }
}

test('a sweep that runs out of time hands over what it saw and says how many are left', async () => {
  const { run, handedOver } = aLargeSweep(8)
  expect(await run()).toMatchObject({ looked: 5, unseen: 3, drifted: names(5) })
  expect(handedOver.map((observed) => observed.length)).toEqual([5])
})

test('clean-up: a sweep that has not seen every hostname removes no health check', async () => {
  const { run, removed } = aLargeSweep(8)
  expect((await run()).removedHealthChecks).toEqual([])
  expect(removed).toEqual([])
  const whole = aLargeSweep(4)
  await whole.run()
  expect(whole.removed).toEqual(['hc-old'])
})

test('a later sweep begins elsewhere and goes round, so that the end has its turn', async () => {
  const { run, seen } = aLargeSweep(8, { begin: 0.75 })
  await run()
  expect(seen.map((name) => Number(name.slice(1, 5)))).toEqual([6, 7, 0, 1, 2])
})

test('what has drifted is remembered whole, and handed over as far as an event holds it', async () => {
  const { run, handedOver, records } = aLargeSweep(1_000, { isOver: () => false })
  expect((await run()).drifted).toHaveLength(1_000)
  expect((await records.load()).size).toBe(1_000)
  expect(handedOver).toHaveLength(1)
  expect(handedOver[0]?.length).toBeLessThan(1_000)
  expect(JSON.stringify(handedOver[0]).length).toBeLessThan(256 * 1024 - 1_000)
})
