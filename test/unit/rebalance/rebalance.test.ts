// One tick through the real pipeline, on stores and a zone in memory.
import { describe, expect, test } from 'vitest'
import type { TickEvent } from '#model/tick-event.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aController, operator, START } from '#test/builders/controller.ts'

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
      'event.request.provider: seen "hetznr"; allowed: aws, hetzner; mend: Did you mean hetzner?',
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

describe('a pin', () => {
  const pin = (now: number, shares: object, seconds = 3_600) =>
    operator(now, { action: 'pin', hostname: HOSTNAME, shares, reason: 'moving', expiresAt: now + seconds })

  test('holds the shares under a new generation until it ends, and then the signals decide again', async () => {
    const { tick, send, shares, zone, now } = aController()
    await tick(2)
    await send(pin(now(), { aws: 0.5, hetzner: 0.5 }))
    expect(shares()).toEqual({ aws: 0.5, hetzner: 0.5 })
    expect(zone.standing.fence).toMatchObject({ generation: 2 })
    await tick(3)
    expect(shares()).toEqual({ aws: 0.5, hetzner: 0.5 })
    await send(operator(now(), { action: 'unpin', hostname: HOSTNAME, reason: 'moved' }))
    expect(shares().aws).toBeCloseTo(5 / 8, 2)
    expect(zone.standing.fence).toMatchObject({ generation: 2 })
  })

  test('expires by itself', async () => {
    const { tick, send, shares, now } = aController()
    await tick(2)
    await send(pin(now(), { aws: 0.5, hetzner: 0.5 }, 90))
    await tick(1)
    expect(shares().aws).toBe(0.5)
    await tick(2)
    expect(shares().aws).toBeCloseTo(5 / 8, 2)
  })

  test('never holds a share on a provider that is down', async () => {
    const { tick, send, shares, clouds, now } = aController()
    await tick(2)
    clouds.hetzner = { capacity: 300, isRed: true }
    await tick(8)
    await send(pin(now(), { aws: 0.5, hetzner: 0.5 }))
    expect(shares().hetzner).toBeLessThanOrEqual(0.021)
  })

  test('is bounded by capacity: what does not fit goes to who has room', async () => {
    const { tick, send, shares, clouds, now } = aController()
    clouds.aws = { capacity: 500, load: 200 }
    clouds.hetzner = { capacity: 300, load: 200 }
    await tick(3)
    await send(pin(now(), { aws: 0, hetzner: 1 }))
    expect(shares().hetzner).toBeCloseTo(0.75, 2)
    expect(shares().aws).toBeCloseTo(0.25, 2)
  })

  test.each([
    [
      'shares that do not add up',
      { aws: 0.5, hetzner: 0.2 },
      'event.request.shares: seen a sum of 0.7; allowed: shares that add up to 1; mend: Change one of them by 0.3.',
    ],
    ['an unknown provider', { aws: 0.5, azure: 0.5 }, 'event.request.shares: seen "azure"; allowed: aws, hetzner; mend: Name one of them'],
  ])('with %s is refused', async (_what, wanted, message) => {
    const { send, now, overrides } = aController()
    await expect(send(pin(now(), wanted))).rejects.toThrow(message)
    expect(await overrides.list()).toEqual([])
  })

  test('that does not exist cannot be ended, and the existing ones are named', async () => {
    const { send, now } = aController()
    await expect(send(operator(now(), { action: 'unpin', hostname: HOSTNAME, reason: 'x' }))).rejects.toThrow(
      `event.request.hostname: seen "${HOSTNAME}", which has no pin; allowed: what has a pin: nothing; mend: There is nothing to end.`,
    )
  })
})

describe('a fight over a pinned hostname', () => {
  test('ends: the fourth overwriting is not repaired any more', async () => {
    const { tick, send, zone, records, now, weights } = aController()
    await tick(2)
    const request = { action: 'pin', hostname: HOSTNAME, shares: { aws: 0.5, hetzner: 0.5 }, reason: 'moving', expiresAt: now() + 9_000 }
    await send(operator(now(), request))
    for (let edit = 1; edit <= 4; edit++) {
      await tick()
      zone.standing = { ...zone.standing, members: zone.standing.members.map((one, i) => (i === 0 ? { ...one, weight: 200 + edit } : one)) }
      const observed = { ...zone.standing, observedAt: now() }
      // As reconcile stores what it hands over.
      await records.put({ ...(await records.get(HOSTNAME)), observed, isOurs: undefined })
      const report = await send({ source: 'reconcile', time: now(), observed: [observed] } as Partial<TickEvent>)
      if (report.kind !== 'done') throw new Error(report.kind)
      expect(report.plans[0]?.cause).toBe('repair')
      expect(report.plans[0]?.refusals.map(({ guard }) => guard)).toEqual(edit <= 3 ? [] : ['write-fight'])
    }
    expect(weights().aws).toBe(204)
  })
})

describe('a change that had to wait', () => {
  test('keeps its cause, and is no repair', async () => {
    const { tick, send, zone, ports, clouds, records, weights, now } = aController()
    await tick(6)
    const before = weights()
    const { apply } = ports.applier
    const throttled: typeof apply = async ({ plans }) => ({
      outcomes: plans.map(({ hostname }) => ({ kind: 'deferred', hostname, reason: { code: 'throttled', sentence: 'later' } })),
      confirmed: [],
    })
    Object.assign(ports.applier, { apply: throttled })
    clouds.hetzner = { capacity: 300, load: 100, errors: 40 }
    await tick()
    expect(weights()).toEqual(before)
    Object.assign(ports.applier, { apply })
    const report = await send()
    if (report.kind !== 'done') throw new Error(report.kind)
    expect(report.decisions[0]?.isChange).toBe(false)
    expect(report.plans[0]).toMatchObject({ cause: 'signal', reason: { code: 'failing' } })
    expect(weights()).not.toEqual(before)
    expect((await records.get(HOSTNAME))?.repairs).toBeUndefined()
    expect(zone.standing.fence?.sequence).toBe(2)
    expect(now()).toBeGreaterThan(START)
  })
})

describe('a lost state table', () => {
  const lost = async (edit: (controller: ReturnType<typeof aController>) => Promise<unknown>) => {
    const first = aController()
    await first.tick(3)
    await edit(first)
    const second = aController()
    second.zone.standing = first.zone.standing
    return { standing: first.zone.standing, ...second }
  }
  const pinned = (shares: object) => (controller: ReturnType<typeof aController>) =>
    controller.send(
      operator(controller.now(), { action: 'pin', hostname: HOSTNAME, shares, reason: 'x', expiresAt: controller.now() + 3_600 }),
    )

  test('is rebuilt from the records: the first tick writes nothing, whatever the ratings say', async () => {
    const { standing, zone, tick } = await lost(pinned({ aws: 0.3, hetzner: 0.7 }))
    const report = await tick()
    expect(report).toMatchObject({ kind: 'done', outcomes: [{ kind: 'looked' }] })
    expect(zone.standing).toEqual(standing)
    await tick(2)
    expect(zone.standing).toEqual(standing)
  })

  test('lets shares that are wrong be corrected after a dead time, within the velocity', async () => {
    const { shares, tick } = await lost(pinned({ aws: 0.1, hetzner: 0.9 }))
    await tick(8)
    expect(shares().aws).toBeGreaterThan(0.3)
  })

  test('answers a red check in its first tick', async () => {
    const { tick, clouds, shares } = await lost(pinned({ aws: 0.3, hetzner: 0.7 }))
    clouds.hetzner = { capacity: 300, isRed: true }
    await tick()
    expect(shares().hetzner).toBeLessThan(0.03)
  })

  test('counts the fence on', async () => {
    const { tick, send, zone, now } = await lost(pinned({ aws: 0.3, hetzner: 0.7 }))
    await tick()
    await send(operator(now(), { action: 'drain', provider: 'aws', reason: 'x', expiresAt: now() + 60 }))
    expect(zone.standing.fence).toMatchObject({ generation: 2, sequence: 3 })
  })
})

describe('a pause', () => {
  test('keeps a hand edit until it is resumed', async () => {
    const { tick, send, weights, shares, zone, now } = aController()
    await tick(2)
    const before = shares()
    await send(operator(now(), { action: 'pause', hostname: '*', reason: 'by hand', expiresAt: now() + 3_600 }))
    zone.standing = {
      ...zone.standing,
      members: zone.standing.members.map((member, index) => (index === 0 ? { ...member, weight: 77 } : member)),
    }
    await send({ source: 'reconcile', time: now(), observed: [{ ...zone.standing, observedAt: now() }] } as Partial<TickEvent>)
    await tick()
    expect(weights().aws).toBe(77)
    await send(operator(now(), { action: 'resume', hostname: '*', reason: 'done' }))
    await send({ source: 'reconcile', time: now(), observed: [{ ...zone.standing, observedAt: now() }] } as Partial<TickEvent>)
    expect(shares().aws).toBeCloseTo(before.aws ?? 0, 2)
  })
})

describe('the last good plan', () => {
  test('is kept once it stood in sync for a dead time with every provider serving, and a rollback restores it', async () => {
    const { tick, send, goodPlans, shares, zone, now } = aController()
    await tick(3)
    expect(await goodPlans.get(HOSTNAME)).toBeUndefined()
    await tick(4)
    const good = await goodPlans.get(HOSTNAME)
    expect(good?.fence).toEqual({ generation: 1, sequence: 1 })
    await send(
      operator(now(), {
        action: 'pin',
        hostname: HOSTNAME,
        shares: { aws: 0.9, hetzner: 0.1 },
        reason: 'a bad idea',
        expiresAt: now() + 3_600,
      }),
    )
    expect(shares().aws).toBeCloseTo(0.9, 2)
    await send(operator(now(), { action: 'rollback', hostname: HOSTNAME, reason: 'back', expiresAt: now() + 3_600 }))
    expect(zone.standing.members).toEqual(expect.arrayContaining(good?.members ?? []))
    expect(zone.standing.fence?.generation).toBe(3)
    await tick(2)
    expect(zone.standing.members).toEqual(expect.arrayContaining(good?.members ?? []))
  })

  test('a drain is carried out while CloudWatch cannot be read, and the report says that it was not', async () => {
    const { tick, send, ports, weights, now } = aController()
    await tick(2)
    Object.assign(ports.metrics, { read: () => Promise.reject(new Error('CloudWatch is down')) })
    const report = await send(operator(now(), { action: 'drain', provider: 'hetzner', reason: 'maintenance', expiresAt: now() + 3_600 }))
    expect(weights().hetzner).toBe(0)
    const { unread, decisions } = report.kind === 'done' ? report : { unread: [], decisions: [] }
    expect(unread).toContainEqual({ code: 'metrics-unread', sentence: expect.stringContaining('could not be read') })
    expect(decisions[0]?.notices).toContainEqual(expect.objectContaining({ code: 'signals-missing' }))
  })

  test('a dry run of a rollback says what would be written, or why nothing, and nothing is stored', async () => {
    const { tick, send, goodPlans, overrides, zone, requests, now } = aController()
    const dry = (hostname = HOSTNAME) =>
      send(operator(now(), { action: 'rollback', hostname, reason: 'back', expiresAt: now() + 3_600 }, true))
    await tick(7)
    const good = await goodPlans.get(HOSTNAME)
    expect(await dry()).toMatchObject({
      kind: 'dry-run',
      plans: [],
      outcomes: [{ kind: 'refused', refusals: [{ reason: { code: 'nothing-good' } }] }],
    })
    await send(
      operator(now(), { action: 'pin', hostname: HOSTNAME, shares: { aws: 0.9, hetzner: 0.1 }, reason: 'x', expiresAt: now() + 3_600 }),
    )
    const before = { fence: zone.standing.fence, asked: requests.length, overrides: await overrides.list() }
    const report = await dry()
    if (report.kind !== 'dry-run') throw new Error(report.kind)
    expect(report.plans).toMatchObject([{ hostname: HOSTNAME, cause: 'rollback', refusals: [] }])
    expect(report.plans[0]?.changes.map(({ after }) => after)).toEqual(good?.members)
    expect({ fence: zone.standing.fence, asked: requests.length, overrides: await overrides.list() }).toEqual(before)
  })

  test('a dry run of a rollback tells the objection of a guard', async () => {
    const { tick, send, records, now } = aController()
    await tick(7)
    await send(
      operator(now(), { action: 'pin', hostname: HOSTNAME, shares: { aws: 0.9, hetzner: 0.1 }, reason: 'x', expiresAt: now() + 3_600 }),
    )
    const stored = await records.get(HOSTNAME)
    if (stored === undefined) throw new Error('nothing is stored')
    const stranger = { name: HOSTNAME, type: 'A', setIdentifier: 'by-hand', why: 'not ours' }
    await records.put({ ...stored, observed: { ...stored.observed, strangers: [stranger] } })
    const report = await send(operator(now(), { action: 'rollback', hostname: HOSTNAME, reason: 'back', expiresAt: now() + 3_600 }, true))
    expect(report).toMatchObject({ kind: 'dry-run', plans: [{ refusals: [{ guard: 'ownership' }] }] })
  })

  test('a rollback reads no metric', async () => {
    const { tick, send, ports, goodPlans, zone, now } = aController()
    await tick(7)
    expect(await goodPlans.get(HOSTNAME)).toBeDefined()
    await send(
      operator(now(), { action: 'pin', hostname: HOSTNAME, shares: { aws: 0.9, hetzner: 0.1 }, reason: 'x', expiresAt: now() + 3_600 }),
    )
    Object.assign(ports.metrics, { read: () => Promise.reject(new Error('CloudWatch is down')) })
    await send(operator(now(), { action: 'rollback', hostname: HOSTNAME, reason: 'back', expiresAt: now() + 3_600 }))
    expect(zone.standing.fence?.generation).toBe(3)
  })
})
