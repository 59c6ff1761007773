// A rollback: what it writes, what it pins, what it journals, and when it is refused.
import { describe, expect, test } from 'vitest'
import type { GoodPlan } from '#model/good-plan.ts'
import { anApply } from '#test/builders/apply.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aRecord, observedRecords } from '#test/builders/records.ts'
import { good, request } from '#test/builders/rollback.ts'

const reason = { code: 'rollback', sentence: `${HOSTNAME} rolled back by me: it was better before` }

describe('a rollback', () => {
  test('journals the pin first, then the write, each with who and why', async () => {
    const { journal, run } = anApply(observedRecords(), aConfiguration(), [good])
    await run({ rollbacks: [request] })
    expect(journal.all).toEqual([
      {
        kind: 'override',
        at: 1_000,
        hostname: HOSTNAME,
        action: 'set',
        override: {
          kind: 'pin',
          hostname: HOSTNAME,
          shares: { aws: 0.75, hetzner: 0.25 },
          generation: 2,
          isRollback: true,
          members: good.members,
          author: 'me',
          reason: 'it was better before',
          createdAt: 1_000,
          expiresAt: 5_000,
        },
      },
      {
        kind: 'applied',
        at: 1_000,
        hostname: HOSTNAME,
        receipt: {
          hostname: HOSTNAME,
          changeId: 'C1',
          fence: { generation: 2, sequence: 8 },
          submittedAt: 1_000,
          reason,
          decided: { set: `hostname:${HOSTNAME}`, shares: { aws: 0.75, hetzner: 0.25 }, withheld: [], generation: 2 },
        },
        changes: [{ before: aRecord('aws', 1), after: aRecord('aws', 3), reason }],
        undo: expect.stringContaining('undo of gen=2 seq=8 rollback'),
      },
    ])
  })

  test('takes away records that came later and brings back those that went, and journals just that', async () => {
    const standing = observedRecords({ members: [aRecord('aws', 3), aRecord('later', 9)] })
    const { journal, zone, run } = anApply(standing, aConfiguration(), [good])
    await run({ rollbacks: [request] })
    expect(journal.all[1]).toMatchObject({
      kind: 'applied',
      changes: [
        { after: aRecord('hetzner', 1), reason },
        { before: aRecord('later', 9), reason },
      ],
    })
    expect(zone.standing.members).toEqual(good.members)
  })

  test('keeps the TTL of the fence that stands', async () => {
    const standing = observedRecords({ fence: { generation: 3, sequence: 7, ttlSeconds: 20 } })
    const { zone, run } = anApply(standing, aConfiguration(), [good])
    await run({ rollbacks: [request] })
    expect(zone.standing.fence).toEqual({ generation: 4, sequence: 8, ttlSeconds: 20 })
  })

  test('begins a fence where somebody deleted it', async () => {
    const { fence: _gone, ...standing } = observedRecords()
    const { zone, run } = anApply(standing, aConfiguration(), [good])
    await run({ rollbacks: [request] })
    expect(zone.standing.fence).toEqual({ generation: 1, sequence: 1, ttlSeconds: 60 })
  })

  test('is made although the table remembers nothing of the hostname', async () => {
    const { records, run } = anApply(observedRecords(), aConfiguration(), [good])
    records.get = async () => undefined
    expect((await run({ rollbacks: [request] })).outcomes).toMatchObject([
      { kind: 'applied', receipt: { fence: { generation: 2, sequence: 8 } } },
    ])
  })

  test('restores records that had everything on one provider', async () => {
    const members = [aRecord('aws', 1), aRecord('hetzner', 0)]
    const { zone, run } = anApply(observedRecords(), aConfiguration(), [{ ...good, members }])
    expect((await run({ rollbacks: [request] })).outcomes).toMatchObject([{ kind: 'applied' }])
    expect(zone.standing.members.map(({ weight }) => weight).toSorted()).toEqual([0, 1])
  })

  test('to a record that has lost all its weight since is refused like any plan that serves nobody', async () => {
    const members = [aRecord('aws', 0), aRecord('hetzner', 0)]
    const { overrides, run, journal } = anApply(observedRecords(), aConfiguration(), [{ ...good, members }])
    expect((await run({ rollbacks: [request] })).outcomes).toMatchObject([{ kind: 'refused', refusals: [{ guard: 'never-empty' }] }])
    expect(journal.all).toMatchObject([{ kind: 'refused', hostname: HOSTNAME, refusals: [{ guard: 'never-empty' }] }])
    expect(await overrides.list()).toEqual([])
  })
})

describe('an error in a rollback', () => {
  const denied = () => Promise.reject(Object.assign(new Error('not authorized'), { name: 'AccessDenied' }))

  test('of the write is a failure of a pinned hostname, and journalled: the next tick tries again', async () => {
    const { zone, overrides, journal, run } = anApply(observedRecords(), aConfiguration(), [good])
    zone.swap = denied
    const sentence = `${HOSTNAME}: the rollback is pinned and could not be written: AccessDenied: not authorized`
    expect((await run({ rollbacks: [request] })).outcomes).toEqual([
      { kind: 'failed', hostname: HOSTNAME, reason: { code: 'failed', sentence } },
    ])
    expect(await overrides.list()).toMatchObject([{ kind: 'pin', isRollback: true }])
    expect(journal.all).toMatchObject([{ kind: 'override' }, { kind: 'refused', refusals: [{ guard: 'apply', reason: { sentence } }] }])
  })

  test('before the pin is stored is a refusal, and journalled: nobody will try again', async () => {
    const { zone, overrides, journal, run } = anApply(observedRecords(), aConfiguration(), [good])
    zone.list = denied
    const sentence = `${HOSTNAME}: nothing was pinned or written: AccessDenied: not authorized`
    const refusals = [{ guard: 'apply', reason: { code: 'failed', sentence } }]
    expect((await run({ rollbacks: [request] })).outcomes).toEqual([{ kind: 'refused', hostname: HOSTNAME, refusals }])
    expect(await overrides.list()).toEqual([])
    expect(journal.all).toEqual([{ kind: 'refused', at: 1_000, hostname: HOSTNAME, refusals }])
  })
})

describe('a rollback is refused', () => {
  const refused = (code: string, sentence: string, hostname = HOSTNAME) => [
    { kind: 'refused', hostname, refusals: [{ guard: 'rollback', reason: { code, sentence } }] },
  ]

  test('for a hostname nobody configured', async () => {
    const { outcomes } = await anApply().run({ rollbacks: [{ ...request, hostname: 'other.example.com' }] })
    expect(outcomes).toEqual(refused('unknown-hostname', 'other.example.com is not configured', 'other.example.com'))
  })

  test('in mode observe, though a good plan is there', async () => {
    const observing = aConfiguration({ hostnames: [aHostname({ mode: 'observe' })] })
    const { zone, run } = anApply(observedRecords(), observing, [good])
    expect((await run({ rollbacks: [request] })).outcomes).toEqual(
      refused('observe', `${HOSTNAME} is in mode observe, which writes nothing`),
    )
    expect(zone.calls).toEqual({ list: 0, swap: 0, changeStatus: 0 })
  })

  test('when nothing earlier was good, or what was good is what stands', async () => {
    const nothing = refused('nothing-good', `${HOSTNAME} has no earlier plan that was good and differs from what stands`)
    expect((await anApply().run({ rollbacks: [request] })).outcomes).toEqual(nothing)
    const same: GoodPlan = { ...good, members: observedRecords().members }
    expect((await anApply(observedRecords(), aConfiguration(), [same]).run({ rollbacks: [request] })).outcomes).toEqual(nothing)
  })
})
