// One tick through the real pipeline, on stores and a zone in memory.
import { describe, expect, test } from 'vitest'
import { applyRequest } from '#apply/apply-request.ts'
import type { RebalancePorts } from '#lambdas/rebalance/ports.ts'
import { rebalance } from '#lambdas/rebalance/rebalance.ts'
import type { Configuration } from '#model/configuration.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { ApplyRequest } from '#model/receipt.ts'
import type { TickEvent } from '#model/tick-event.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { type CloudState, seriesOf } from '#test/builders/series.ts'
import { memoryJournal, memoryMemory, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'
import { memoryZone } from '#test/fakes/memory-zone.ts'

const START = 1_800_000_030

function aController(configuration: Configuration = aConfiguration()) {
  let nowSeconds = START
  const clock = { nowSeconds: () => nowSeconds }
  const empty: ObservedRecords = { hostname: HOSTNAME, members: [], strangers: [], observedAt: 0 }
  const zone = memoryZone(empty, clock.nowSeconds)
  const records = memoryRecords()
  const journal = memoryJournal()
  const overrides = memoryOverrides()
  const memory = memoryMemory()
  const clouds: Record<string, Partial<CloudState>> = { aws: { capacity: 500 }, hetzner: { capacity: 300 } }
  const requests: ApplyRequest[] = []
  const ports: RebalancePorts = {
    configuration: { load: async () => configuration },
    metrics: { read: async () => seriesOf(configuration, clouds, nowSeconds) },
    memory,
    records,
    overrides,
    journal,
    clock,
    applier: {
      apply: async (request) => {
        requests.push(request)
        // Across the wire, as between two functions.
        const sent = JSON.parse(JSON.stringify(request)) as ApplyRequest
        return applyRequest(sent, configuration, nowSeconds + 50, { zone, records, journal, clock })
      },
    },
  }
  const send = (event: Partial<TickEvent> = {}) => rebalance({ source: 'schedule', time: nowSeconds, ...event } as TickEvent, ports)
  const weights = () => Object.fromEntries(zone.standing.members.map(({ setIdentifier, weight }) => [setIdentifier.split(':')[2], weight]))
  const shares = () => {
    const total = Object.values(weights()).reduce((sum, weight) => sum + weight, 0)
    return Object.fromEntries(Object.entries(weights()).map(([name, weight]) => [name, weight / total]))
  }
  const tick = async (count = 1) => {
    let last = await send()
    for (let index = 1; index < count; index++) {
      nowSeconds += 60
      last = await send()
    }
    nowSeconds += 60
    return last
  }
  return { zone, records, journal, overrides, memory, clouds, requests, ports, send, tick, weights, shares, now: () => nowSeconds }
}

const operator = (now: number, request: object, dryRun = false): Partial<TickEvent> =>
  ({ source: 'operator', time: now, author: 'arn:aws:iam::123456789012:user/operator', dryRun, request }) as Partial<TickEvent>

describe('a tick', () => {
  test('looks at a hostname nobody has seen, then creates its records, in one tick', async () => {
    const { tick, zone, requests, weights } = aController()
    const report = await tick()
    expect(report).toMatchObject({ kind: 'done', outcomes: [{ kind: 'looked' }, { kind: 'applied' }] })
    expect(requests).toHaveLength(2)
    expect(Object.keys(weights())).toEqual(['aws', 'hetzner'])
    expect(zone.standing.fence).toMatchObject({ generation: 1, sequence: 1 })
  })

  test('that finds everything as decided asks apply for nothing once the change is in sync', async () => {
    const { tick, requests } = aController()
    await tick(2)
    const before = requests.length
    const report = await tick(3)
    expect(requests.length).toBe(before)
    expect(report).toMatchObject({ kind: 'done', outcomes: [], confirmed: [] })
  })

  test('restores a weight edited by hand as soon as reconcile has seen it', async () => {
    const { tick, send, zone, shares, now } = aController()
    await tick(2)
    const standing = shares()
    zone.standing = {
      ...zone.standing,
      members: zone.standing.members.map((member, index) => (index === 0 ? { ...member, weight: 200 } : member)),
    }
    const observed = { ...zone.standing, observedAt: now() }
    await send({ source: 'reconcile', time: now(), observed: [observed] } as Partial<TickEvent>)
    expect(shares()).toEqual(standing)
  })

  test('plans again, once, with the same decision, when somebody else wrote in the meantime', async () => {
    const { tick, send, zone, weights, journal, now } = aController()
    await tick(2)
    zone.beforeSwap = () => {
      zone.standing = { ...zone.standing, fence: { generation: 1, sequence: 50, ttlSeconds: 60 } }
      zone.beforeSwap = () => {}
    }
    await send(operator(now(), { action: 'drain', provider: 'hetzner', reason: 'maintenance', expiresAt: now() + 3600 }))
    expect(weights().hetzner).toBe(0)
    expect(zone.standing.fence?.sequence).toBe(51)
    const kinds = journal.all.map(({ kind }) => kind)
    expect(kinds.slice(-3)).toEqual(['override', 'conflict', 'applied'])
  })

  test('drops an event older than a tick and touches nothing', async () => {
    const { send, requests, now } = aController()
    expect(await send({ time: now() - 61 })).toEqual({
      kind: 'dropped',
      reason: { code: 'late', sentence: 'the schedule event is 61 s old, older than a tick: a late order is not executed' },
    })
    expect(requests).toEqual([])
  })

  test('in mode observe decides and shows the changes, and writes nothing', async () => {
    const { tick, zone } = aController(aConfiguration({ hostnames: [aHostname({ mode: 'observe' })] }))
    const report = await tick(2)
    if (report.kind !== 'done') throw new Error(report.kind)
    expect(report.plans[0]?.changes).toHaveLength(2)
    expect(zone.calls.swap).toBe(0)
  })
})

describe('an operator', () => {
  test('drains a provider: its weight falls to 0 and the override is journalled with author and reason', async () => {
    const { tick, send, weights, journal, now } = aController()
    await tick(2)
    await send(operator(now(), { action: 'drain', provider: 'hetzner', reason: 'maintenance', expiresAt: now() + 3600 }))
    expect(weights().hetzner).toBe(0)
    expect(journal.all.find(({ kind }) => kind === 'override')).toMatchObject({
      action: 'set',
      override: { provider: 'hetzner', author: 'arn:aws:iam::123456789012:user/operator', reason: 'maintenance' },
    })
  })

  test('undrains it again', async () => {
    const { tick, send, overrides, journal, now } = aController()
    await tick(2)
    await send(operator(now(), { action: 'drain', provider: 'hetzner', reason: 'maintenance', expiresAt: now() + 3600 }))
    await tick()
    await send(operator(now(), { action: 'undrain', provider: 'hetzner', reason: 'done' }))
    expect(await overrides.list()).toEqual([])
    expect(journal.all.filter(({ kind }) => kind === 'override').map((entry) => entry.kind === 'override' && entry.action)).toEqual([
      'set',
      'ended',
    ])
  })

  test('sees in a dry run what a drain would change, and nothing is stored', async () => {
    const { tick, send, weights, overrides, now } = aController()
    await tick(2)
    const standing = weights()
    const report = await send(operator(now(), { action: 'drain', provider: 'hetzner', reason: 'try', expiresAt: now() + 60 }, true))
    expect(report.kind).toBe('dry-run')
    if (report.kind !== 'dry-run') throw new Error(report.kind)
    expect(report.plans[0]?.changes.length).toBeGreaterThan(0)
    expect(weights()).toEqual(standing)
    expect(await overrides.list()).toEqual([])
  })

  test('who names an unknown provider is told the known ones, and nothing is written', async () => {
    const { send, now, requests, journal } = aController()
    await expect(send(operator(now(), { action: 'drain', provider: 'hetznr', reason: 'x', expiresAt: now() + 60 }))).rejects.toThrow(
      'event.request.provider: allowed are aws, hetzner; seen "hetznr"',
    )
    expect(requests).toEqual([])
    expect(journal.all).toEqual([])
  })

  test.each([-1, 31 * 86_400])('may not set an expiry %s s from now', async (seconds) => {
    const { send, now } = aController()
    await expect(send(operator(now(), { action: 'drain', provider: 'aws', reason: 'x', expiresAt: now() + seconds }))).rejects.toThrow(
      'event.request.expiresAt',
    )
  })
})

describe('two runs at once', () => {
  test('integrate a window once: the second reads what the first left', async () => {
    const { tick, send, memory } = aController()
    await tick(2)
    await Promise.all([send(), send()])
    const first = [...(await memory.providers())].map(([name, { revision }]) => [name, revision])
    await Promise.all([send(), send()])
    expect([...(await memory.providers())].map(([name, { revision }]) => [name, revision])).toEqual(first)
  })
})
