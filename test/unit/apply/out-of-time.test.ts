// What a request that does not fit into its time gets done first, and what it leaves to the next tick.
import { expect, test } from 'vitest'
import { applyRequest } from '#apply/apply-request.ts'
import type { ApplyRequest, Receipt } from '#model/receipt.ts'
import { aConfiguration, aHostname, HOSTNAME, ZONE } from '#test/builders/configuration.ts'
import { aPlan, observedRecords } from '#test/builders/records.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'
import { memoryZone } from '#test/fakes/memory-zone.ts'

const NAMES = ['a.example.com', 'b.example.com', 'c.example.com']

/** Every call of Route 53 takes a second. */
function aSlowApply({ walks = true, zoneOf = (_hostname: string): string => ZONE } = {}) {
  let nowSeconds = 1_000
  const clock = { nowSeconds: () => nowSeconds }
  const calls: string[] = []
  const standing = observedRecords()
  const memory = memoryZone(standing, clock.nowSeconds)
  const takes = <T>(call: string, answer: Promise<T>): Promise<T> => {
    nowSeconds++
    calls.push(call)
    return answer
  }
  const zone = {
    ...memory,
    list: (zoneId: string, hostname: string) =>
      takes(
        `list ${hostname}`,
        memory.list(zoneId, hostname).then((seen) => ({ ...seen, hostname })),
      ),
    swap: (swap: Parameters<typeof memory.swap>[0]) => takes('swap', memory.swap(swap)),
    changeStatus: (id: string) => takes(`status ${id}`, memory.changeStatus(id)),
    ...(walks
      ? {
          async *walk(zoneId: string, hostnames: readonly string[]) {
            for (const hostname of hostnames)
              yield takes(
                `walk ${hostname}${zoneId === ZONE ? '' : ` in ${zoneId}`}`,
                Promise.resolve({ ...standing, hostname, observedAt: nowSeconds }),
              )
          },
        }
      : {}),
  }
  const records = memoryRecords([{ observed: standing }])
  const configuration = aConfiguration({
    hostnames: [HOSTNAME, ...NAMES].map((hostname) => aHostname({ hostname, zoneId: zoneOf(hostname) })),
  })
  const run = (request: Partial<ApplyRequest>, deadlineSeconds: number) =>
    applyRequest({ rollbacks: [], plans: [], look: [], confirm: [], ...request }, configuration, deadlineSeconds, {
      zone,
      records,
      overrides: memoryOverrides(),
      goodPlans: memoryGoodPlans(),
      journal: memoryJournal(),
      clock,
    })
  return { run, calls, records }
}

const receipt = (changeId: string, submittedAt: number): Receipt => ({
  hostname: HOSTNAME,
  changeId,
  fence: { generation: 1, sequence: 7 },
  submittedAt,
  reason: { code: 'signal', sentence: 'earlier' },
})

test('a change goes before looks, and looks before the question whether earlier changes are in sync', async () => {
  const { run, calls } = aSlowApply()
  await run({ plans: [aPlan()], look: ['a.example.com'], confirm: [receipt('C1', 900)] }, 2_000)
  expect(calls).toEqual(['swap', 'walk a.example.com', 'status C1'])
})

test('looks that do not fit are deferred, and those that were made are answered and remembered', async () => {
  const { run, records } = aSlowApply()
  const { outcomes } = await run({ look: NAMES, confirm: [receipt('C1', 900)] }, 1_002)
  expect(outcomes.map(({ kind, hostname }) => [kind, hostname])).toEqual([
    ['looked', 'a.example.com'],
    ['looked', 'b.example.com'],
    ['deferred', 'c.example.com'],
  ])
  expect(await records.get('b.example.com')).toBeDefined()
  expect(await records.get('c.example.com')).toBeUndefined()
})

test('a zone that cannot be walked is listed hostname by hostname, within the same time', async () => {
  const { run, calls } = aSlowApply({ walks: false })
  const { outcomes } = await run({ look: NAMES }, 1_001)
  expect(outcomes.map(({ kind }) => kind)).toEqual(['looked', 'deferred', 'deferred'])
  expect(calls).toEqual(['list a.example.com'])
})

test('no time left at all means that nothing is looked at', async () => {
  const { run, calls } = aSlowApply()
  const { outcomes } = await run({ look: NAMES }, 1_000)
  expect(outcomes.map(({ kind }) => kind)).toEqual(['deferred', 'deferred', 'deferred'])
  expect(calls).toEqual([])
})

test('hostnames are looked at in their own zones, each zone walked once', async () => {
  const { run, calls } = aSlowApply({ zoneOf: (hostname) => (hostname.startsWith('b.') ? 'ZB' : ZONE) })
  await run({ look: NAMES }, 2_000)
  expect(calls).toEqual(['walk a.example.com', 'walk c.example.com', 'walk b.example.com in ZB'])
})

test('a hostname to look at that is not configured is refused, also when there is no time', async () => {
  const { run } = aSlowApply()
  expect((await run({ look: ['x.example.com'] }, 1_000)).outcomes).toMatchObject([{ kind: 'refused', hostname: 'x.example.com' }])
})

test('of earlier changes the oldest are asked for first; the others wait for the next tick', async () => {
  const { run, calls } = aSlowApply()
  const { confirmed } = await run({ confirm: [receipt('C3', 930), receipt('C1', 910), receipt('C2', 920)] }, 1_002)
  expect(calls).toEqual(['status C1', 'status C2'])
  expect(confirmed.map(({ changeId }) => changeId)).toEqual(['C1', 'C2'])
})

test('the caller may wait for less time than apply has', async () => {
  const { run, calls } = aSlowApply()
  const { outcomes } = await run({ plans: [aPlan()], deadlineSeconds: 1_000 }, 2_000)
  expect(outcomes).toMatchObject([{ kind: 'deferred', reason: { code: 'out-of-time' } }])
  expect(calls).toEqual([])
})
