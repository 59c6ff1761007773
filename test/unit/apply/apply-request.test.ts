// Carrying out plans: what is written, what is not, and what is answered.
import { describe, expect, test } from 'vitest'
import { applyRequest } from '#apply/apply-request.ts'
import type { GoodPlan } from '#model/good-plan.ts'
import type { Plan } from '#model/plan.ts'
import { anApply } from '#test/builders/apply.ts'
import { aConfiguration, aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aPlan, aRecord, observedRecords } from '#test/builders/records.ts'
import { good, request } from '#test/builders/rollback.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'

describe('apply', () => {
  test('writes a plan in one batch, remembers what it wrote and keeps the way back', async () => {
    const { zone, records, journal, runPlan } = anApply()
    const plan = aPlan()
    const outcome = await runPlan(plan)
    expect(outcome).toEqual({
      kind: 'applied',
      hostname: HOSTNAME,
      receipt: {
        hostname: HOSTNAME,
        changeId: 'C1',
        fence: { generation: 1, sequence: 8 },
        submittedAt: 1_000,
        reason: plan.reason,
        decided: plan.decided,
      },
    })
    expect(zone.standing.members).toEqual(expect.arrayContaining(plan.wanted))
    expect(zone.calls).toEqual({ list: 0, swap: 1, changeStatus: 0 })
    expect((await records.get(HOSTNAME))?.observed.fence).toEqual({ generation: 1, sequence: 8, ttlSeconds: 60 })
    const entry = journal.all[0]
    if (entry?.kind !== 'applied') throw new Error('no applied entry')
    const undo = JSON.parse(entry.undo)
    expect(
      undo.Changes.map((change: { Action: string; ResourceRecordSet: { Type: string; Weight?: number } }) => [
        change.Action,
        change.ResourceRecordSet.Type,
        change.ResourceRecordSet.Weight,
      ]),
    ).toEqual([
      ['DELETE', 'A', 3],
      ['DELETE', 'TXT', undefined],
      ['CREATE', 'A', 1],
      ['CREATE', 'TXT', undefined],
    ])
  })

  test('fence: a plan made before somebody else wrote is a conflict, and nothing is sent', async () => {
    const standing = observedRecords({ fence: { generation: 1, sequence: 9, ttlSeconds: 60 } })
    const { zone, runPlan } = anApply(standing)
    const outcome = await runPlan(aPlan())
    expect(outcome).toMatchObject({ kind: 'conflict', observed: standing, reason: { code: 'overtaken' } })
    expect(zone.calls.swap).toBe(0)
  })

  test('fence: a writer paused between check and write loses, even when the members look as it remembers them', async () => {
    const { zone, runPlan } = anApply()
    zone.beforeSwap = () => {
      // Two further writes that change the records and change them back: only the fence tells.
      zone.standing = { ...zone.standing, fence: { generation: 1, sequence: 9, ttlSeconds: 60 } }
    }
    const outcome = await runPlan(aPlan())
    expect(outcome).toMatchObject({ kind: 'conflict', reason: { code: 'not-as-observed' } })
    expect(zone.standing.members).toEqual(observedRecords().members)
  })

  test('fence: an exact deletion fails when a weight was edited by hand, and the answer shows what stands', async () => {
    const { zone, runPlan } = anApply()
    zone.beforeSwap = () => {
      zone.standing = { ...zone.standing, members: [aRecord('aws', 99), aRecord('hetzner', 1)] }
    }
    const outcome = await runPlan(aPlan())
    if (outcome?.kind !== 'conflict') throw new Error(`expected a conflict, got ${outcome?.kind}`)
    expect(outcome.observed.members.map(({ weight }) => weight)).toEqual([99, 1])
    expect(outcome.reason.sentence).toContain('was not found as given')
  })

  test('a refused batch whose records stand already was our own earlier try', async () => {
    const { zone, runPlan } = anApply()
    const plan = aPlan()
    zone.beforeSwap = () => {
      zone.standing = { ...zone.standing, members: plan.wanted, fence: { ...plan.fence, ttlSeconds: 60 } }
    }
    expect(await runPlan(plan)).toMatchObject({ kind: 'already' })
  })

  test('the same records under another fence are not our earlier try', async () => {
    const { zone, runPlan } = anApply()
    const plan = aPlan()
    zone.beforeSwap = () => {
      zone.standing = { ...zone.standing, members: plan.wanted, fence: { generation: 1, sequence: 99, ttlSeconds: 60 } }
    }
    expect(await runPlan(plan)).toMatchObject({ kind: 'conflict' })
  })

  test('a hostname of which nothing is known is looked at, not written', async () => {
    const { zone, records } = anApply()
    const journal = memoryJournal()
    const answer = await applyRequest({ rollbacks: [], plans: [aPlan()], look: [], confirm: [] }, aConfiguration(), 2_000, {
      overrides: memoryOverrides(),
      goodPlans: memoryGoodPlans(),
      zone,
      records: memoryRecords(),
      journal,
      clock: { nowSeconds: () => 1_000 },
    })
    expect(answer.outcomes).toMatchObject([{ kind: 'looked', observed: { fence: { sequence: 7 } } }])
    expect(zone.calls).toEqual({ list: 1, swap: 0, changeStatus: 0 })
    expect(await records.get(HOSTNAME)).toBeDefined()
  })

  test('look lists a configured hostname and refuses any other', async () => {
    const { run } = anApply()
    const { outcomes } = await run({ look: [HOSTNAME, 'other.example.com'] })
    expect(outcomes.map(({ kind, hostname }) => `${hostname} ${kind}`)).toEqual([`${HOSTNAME} looked`, 'other.example.com refused'])
  })

  test('what a guard refuses is journalled and not written', async () => {
    const { zone, journal, runPlan } = anApply()
    const plan = aPlan()
    const outcome = await runPlan({ ...plan, wanted: plan.wanted.map((record) => ({ ...record, weight: 0 })) })
    expect(outcome).toMatchObject({ kind: 'refused', refusals: [{ guard: 'never-empty' }] })
    expect(zone.calls.swap).toBe(0)
    expect(journal.all).toMatchObject([{ kind: 'refused' }])
  })

  test('ownership: a stranger that the stored observation shows stops the write, whatever the plan says', async () => {
    const stranger = { name: HOSTNAME, type: 'A', why: 'not a weighted record' }
    const { zone, runPlan } = anApply(observedRecords({ strangers: [stranger] }))
    expect(await runPlan(aPlan())).toMatchObject({ kind: 'refused', refusals: [{ guard: 'ownership' }] })
    expect(zone.calls.swap).toBe(0)
  })

  test('in mode observe nothing is written, whoever asks', async () => {
    const { zone, runPlan } = anApply(observedRecords(), aConfiguration({ hostnames: [aHostname({ mode: 'observe' })] }))
    expect(await runPlan(aPlan())).toMatchObject({ kind: 'refused', refusals: [{ guard: 'mode' }] })
    expect(zone.calls.swap).toBe(0)
  })

  test('a plan for a zone that is not the configured one is refused', async () => {
    const { zone, runPlan } = anApply()
    expect(await runPlan(aPlan({ zoneId: 'ZOTHER' }))).toMatchObject({ kind: 'refused', refusals: [{ guard: 'configuration' }] })
    expect(zone.calls.swap).toBe(0)
  })

  test('throttled is deferred to the next tick', async () => {
    const { zone, runPlan } = anApply()
    zone.forced.push({ kind: 'throttled', message: 'Throttling: Rate exceeded' })
    expect(await runPlan(aPlan())).toMatchObject({ kind: 'deferred', reason: { code: 'throttled' } })
  })

  test('what does not fit before the deadline is deferred before anything is sent', async () => {
    const { zone, run } = anApply()
    expect((await run({ plans: [aPlan()] }, 1_000)).outcomes).toMatchObject([{ kind: 'deferred', reason: { code: 'out-of-time' } }])
    expect(zone.calls.swap).toBe(0)
  })

  test('confirm completes a receipt once Route 53 says INSYNC, and not before', async () => {
    const { zone, records, journal, run, runPlan, wait } = anApply()
    const applied = await runPlan(aPlan())
    if (applied?.kind !== 'applied') throw new Error('not applied')
    zone.inSync = false
    expect((await run({ confirm: [applied.receipt] })).confirmed).toEqual([])
    zone.inSync = true
    wait(30)
    expect((await run({ confirm: [applied.receipt] })).confirmed).toEqual([{ ...applied.receipt, inSyncAt: 1_030 }])
    expect((await records.get(HOSTNAME))?.receipt?.inSyncAt).toBe(1_030)
    expect(journal.all.map(({ kind }) => kind)).toEqual(['applied', 'inSync'])
  })

  test('an old receipt does not replace a newer one', async () => {
    const { records, run, runPlan } = anApply()
    const applied = await runPlan(aPlan())
    if (applied?.kind !== 'applied') throw new Error('not applied')
    await run({ confirm: [{ ...applied.receipt, changeId: 'C0' }] })
    expect((await records.get(HOSTNAME))?.receipt).toEqual(applied.receipt)
  })
})

describe('rollback', () => {
  test('writes the last good plan in one change under a new generation, and pins its shares', async () => {
    const { zone, overrides, run } = anApply(observedRecords(), aConfiguration(), [good])
    const { outcomes } = await run({ rollbacks: [request] })
    expect(outcomes).toMatchObject([{ kind: 'applied', receipt: { fence: { generation: 2, sequence: 8 } } }])
    expect(zone.standing.members.map(({ weight }) => weight).toSorted()).toEqual([1, 3])
    expect(zone.calls.swap).toBe(1)
    expect(await overrides.list()).toMatchObject([
      { kind: 'pin', isRollback: true, generation: 2, shares: { aws: 0.75, hetzner: 0.25 }, expiresAt: 5_000 },
    ])
  })

  test('goes to the good plan before when the newest is what stands', async () => {
    const { members, fence, since } = good
    const newest: GoodPlan = {
      hostname: HOSTNAME,
      members: observedRecords().members,
      fence: { generation: 1, sequence: 7 },
      since: 900,
      previous: { members, fence, since },
    }
    const { zone, run } = anApply(observedRecords(), aConfiguration(), [newest])
    expect((await run({ rollbacks: [request] })).outcomes).toMatchObject([{ kind: 'applied' }])
    expect(zone.standing.members.map(({ weight }) => weight).toSorted()).toEqual([1, 3])
  })

  test('is refused, with nothing pinned, when no earlier plan was good', async () => {
    const { zone, overrides, run } = anApply()
    expect((await run({ rollbacks: [request] })).outcomes).toMatchObject([
      { kind: 'refused', refusals: [{ reason: { code: 'nothing-good' } }] },
    ])
    expect(zone.calls.swap).toBe(0)
    expect(await overrides.list()).toEqual([])
  })

  test('is made although the hostname is paused and in a write fight', async () => {
    const { overrides, records, run } = anApply(observedRecords(), aConfiguration(), [good])
    await overrides.put({ kind: 'pause', hostname: '*', author: 'me', reason: 'x', createdAt: 0, expiresAt: 9e9 })
    await records.put({ observed: observedRecords(), repairs: { count: 9, lastAt: 1_000 } })
    expect((await run({ rollbacks: [request] })).outcomes).toMatchObject([{ kind: 'applied' }])
  })

  test('ownership: does not touch a name where a stranger stands', async () => {
    const { zone, run } = anApply(
      observedRecords({ strangers: [{ name: HOSTNAME, type: 'A', why: 'not a weighted record' }] }),
      aConfiguration(),
      [good],
    )
    expect((await run({ rollbacks: [request] })).outcomes).toMatchObject([{ kind: 'refused', refusals: [{ guard: 'ownership' }] }])
    expect(zone.calls.swap).toBe(0)
  })
})

describe('repairs', () => {
  /** A write of ours, and what somebody else has made of it. */
  const overwritten = async () => {
    const apply = anApply()
    const { records, run, wait } = apply
    await run({ plans: [aPlan()] })
    /** Carries a plan out over what stands, after `seconds`; somebody else may have changed it before. */
    const write = async (cause: Plan['cause'], seconds: number, isOurs?: true) => {
      wait(seconds)
      const known = (await records.get(HOSTNAME)) ?? { observed: observedRecords() }
      expect(known.isOurs).toBe(true)
      await records.put({ ...known, isOurs })
      const even = known.observed.members.every(({ weight }) => weight === 1)
      const shares = even ? { aws: 0.75, hetzner: 0.25 } : { aws: 0.5, hetzner: 0.5 }
      const { outcomes } = await run({ plans: [aPlan({ cause }, { observed: known.observed, shares })] }, 10_000)
      expect(outcomes).toMatchObject([{ kind: 'applied' }])
      return (await records.get(HOSTNAME))?.repairs
    }
    return { write }
  }

  test.each(['repair', 'initial', 'signal', 'probe', 'override', 'canary'] as const)(
    'are counted in a row, whatever the write is for: %s',
    async (cause) => {
      const { write } = await overwritten()
      expect(await write(cause, 60)).toEqual({ count: 1, lastAt: 1_060 })
      expect(await write(cause, 60)).toEqual({ count: 2, lastAt: 1_120 })
    },
  )

  test('are not forgotten by a write over our own records, but after an hour', async () => {
    const { write } = await overwritten()
    await write('repair', 60)
    await write('repair', 60)
    expect(await write('signal', 60, true)).toEqual({ count: 2, lastAt: 1_120 })
    expect(await write('repair', 3_540)).toEqual({ count: 3, lastAt: 4_720 })
    expect(await write('probe', 3_601)).toEqual({ count: 1, lastAt: 8_321 })
  })

  test('do not count what an earlier tick left over or a deployment replaced: nobody else has written', async () => {
    const { write } = await overwritten()
    expect(await write('repair', 60, true)).toBeUndefined()
  })

  test('do not count where nobody knows of a write of ours', async () => {
    const { records, runPlan } = anApply()
    await runPlan(aPlan({ cause: 'repair' }))
    expect((await records.get(HOSTNAME))?.repairs).toBeUndefined()
  })

  test('count a rollback as well', async () => {
    const { records, run, runPlan } = anApply(observedRecords(), aConfiguration(), [good])
    await runPlan(aPlan({}, { shares: { aws: 0.4, hetzner: 0.6 } }))
    const known = (await records.get(HOSTNAME)) ?? { observed: observedRecords() }
    await records.put({ ...known, isOurs: undefined })
    expect((await run({ rollbacks: [request] })).outcomes).toMatchObject([{ kind: 'applied' }])
    expect((await records.get(HOSTNAME))?.repairs).toEqual({ count: 1, lastAt: 1_000 })
  })
})
