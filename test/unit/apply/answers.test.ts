// What apply answers and journals, word for word: operators and the next tick act on it.
import { describe, expect, test } from 'vitest'
import { anApply } from '#test/builders/apply.ts'
import { aConfiguration, aHostname, HOSTNAME, ZONE } from '#test/builders/configuration.ts'
import { aPlan, aRecord, observedRecords } from '#test/builders/records.ts'

const FENCE = { generation: 1, sequence: 7, ttlSeconds: 60 }
const { fence: _none, ...withoutFence } = observedRecords()

describe('a conflict', () => {
  test('says which fence stands and what Route 53 objected to, and is journalled', async () => {
    const { zone, journal, runPlan } = anApply()
    zone.forced.push({ kind: 'conflict', messages: ['a is not there', 'b is there already'] })
    const reason = {
      code: 'not-as-observed',
      sentence: `${HOSTNAME}: the records are not what the plan was made against, "gen=1 seq=7" stands (a is not there; b is there already)`,
    }
    expect(await runPlan(aPlan())).toEqual({
      kind: 'conflict',
      hostname: HOSTNAME,
      observed: { ...observedRecords(), observedAt: 1_000 },
      reason,
    })
    expect(journal.all).toEqual([{ kind: 'conflict', at: 1_000, hostname: HOSTNAME, fence: FENCE, reason }])
  })

  test('may find no fence and hear no reason', async () => {
    const { zone, runPlan } = anApply()
    zone.forced.push({ kind: 'conflict', messages: [] })
    zone.standing = withoutFence
    expect(await runPlan(aPlan())).toMatchObject({
      reason: { sentence: `${HOSTNAME}: the records are not what the plan was made against, no fence stands` },
    })
  })

  test('that shows the wanted records under a newer generation is not an earlier try of ours', async () => {
    const { zone, runPlan } = anApply()
    const plan = aPlan()
    zone.forced.push({ kind: 'conflict', messages: [] })
    zone.standing = { ...zone.standing, members: plan.wanted, fence: { ...plan.fence, generation: 2, ttlSeconds: 60 } }
    expect(await runPlan(plan)).toMatchObject({ kind: 'conflict' })
  })

  test('that shows our fence over other records is not an earlier try of ours', async () => {
    const { zone, runPlan } = anApply()
    const plan = aPlan()
    zone.forced.push({ kind: 'conflict', messages: [] })
    zone.standing = { ...zone.standing, fence: { ...plan.fence, ttlSeconds: 60 } }
    expect(await runPlan(plan)).toMatchObject({ kind: 'conflict' })
  })

  test('with what stands already is told with what stands', async () => {
    const { zone, runPlan } = anApply()
    const plan = aPlan()
    zone.forced.push({ kind: 'conflict', messages: [] })
    zone.standing = { ...zone.standing, members: plan.wanted, fence: { ...plan.fence, ttlSeconds: 60 } }
    expect(await runPlan(plan)).toEqual({ kind: 'already', hostname: HOSTNAME, observed: { ...zone.standing, observedAt: 1_000 } })
  })
})

describe('a plan made before somebody else wrote', () => {
  const overtaken = { kind: 'conflict', reason: { code: 'overtaken', sentence: `${HOSTNAME}: somebody wrote after this plan was made` } }

  test('is overtaken when no fence stood then and one stands now', async () => {
    const { zone, runPlan } = anApply()
    expect(await runPlan(aPlan({}, { observed: withoutFence }))).toMatchObject(overtaken)
    expect(zone.calls.swap).toBe(0)
  })

  test('is overtaken when a fence stood then and none stands now', async () => {
    const { zone, runPlan } = anApply(withoutFence)
    expect(await runPlan(aPlan())).toMatchObject(overtaken)
    expect(zone.calls.swap).toBe(0)
  })

  test('is overtaken when somebody took another generation under the same sequence', async () => {
    const { zone, runPlan } = anApply(observedRecords({ fence: { ...FENCE, generation: 2 } }))
    expect(await runPlan(aPlan())).toMatchObject(overtaken)
    expect(zone.calls.swap).toBe(0)
  })

  test('is none when there was no fence then and is none now', async () => {
    expect(await anApply(withoutFence).runPlan(aPlan({}, { observed: withoutFence }))).toMatchObject({ kind: 'applied' })
  })
})

describe('a write', () => {
  test('carries its fence and its cause as comment, and only the records that differ', async () => {
    const { zone, runPlan } = anApply()
    let sent: unknown
    zone.beforeSwap = (swap) => {
      sent = swap
    }
    await runPlan(aPlan())
    expect(sent).toEqual({
      zoneId: ZONE,
      hostname: HOSTNAME,
      remove: [aRecord('aws', 1)],
      create: [aRecord('aws', 3)],
      fence: { before: FENCE, after: { ...FENCE, sequence: 8 } },
      comment: 'gen=1 seq=8 signal',
    })
  })

  test('is remembered with its receipt as it stands now, without strangers, and is no repair', async () => {
    const { records, runPlan } = anApply()
    const plan = aPlan()
    const outcome = await runPlan(plan)
    if (outcome?.kind !== 'applied') throw new Error(`expected applied, got ${outcome?.kind}`)
    expect(await records.get(HOSTNAME)).toEqual({
      observed: { hostname: HOSTNAME, members: plan.wanted, fence: { ...FENCE, sequence: 8 }, strangers: [], observedAt: 1_000 },
      receipt: outcome.receipt,
      isOurs: true,
      repairs: undefined,
    })
  })

  test('that is throttled goes first in the next tick', async () => {
    const { zone, runPlan } = anApply()
    zone.forced.push({ kind: 'throttled', message: 'Throttling: Rate exceeded' })
    expect(await runPlan(aPlan())).toEqual({
      kind: 'deferred',
      hostname: HOSTNAME,
      reason: { code: 'throttled', sentence: `${HOSTNAME}: Throttling: Rate exceeded; it goes first in the next tick` },
    })
  })

  test('for which no time is left goes first in the next tick', async () => {
    expect((await anApply().run({ plans: [aPlan()] }, 1_000)).outcomes).toEqual([
      {
        kind: 'deferred',
        hostname: HOSTNAME,
        reason: { code: 'out-of-time', sentence: `${HOSTNAME}: no time left in this tick; it goes first in the next` },
      },
    ])
  })
})

describe('a refusal', () => {
  test('by a guard is answered and journalled alike', async () => {
    const { journal, runPlan } = anApply()
    const plan = aPlan()
    const outcome = await runPlan({ ...plan, wanted: plan.wanted.map((record) => ({ ...record, weight: 256 })) })
    if (outcome?.kind !== 'refused') throw new Error(`expected refused, got ${outcome?.kind}`)
    expect(outcome.refusals.map(({ guard }) => guard)).toEqual(['validated-numbers'])
    expect(journal.all).toEqual([{ kind: 'refused', at: 1_000, hostname: HOSTNAME, refusals: outcome.refusals }])
  })

  const refusal = (guard: string, code: string, sentence: string, hostname = HOSTNAME) => [
    { kind: 'refused', hostname, refusals: [{ guard, reason: { code, sentence } }] },
  ]

  test('of a plan for another zone names the zone', async () => {
    expect((await anApply().run({ plans: [aPlan({ zoneId: 'ZOTHER' })] })).outcomes).toEqual(
      refusal('configuration', 'unknown-hostname', `${HOSTNAME} is not configured in zone ZOTHER`),
    )
  })

  test('of a plan for a hostname nobody configured, although others are', async () => {
    const plan = aPlan({ hostname: 'other.example.com' })
    expect((await anApply().run({ plans: [plan] })).outcomes).toEqual(
      refusal('configuration', 'unknown-hostname', `other.example.com is not configured in zone ${ZONE}`, 'other.example.com'),
    )
  })

  test('in mode observe says so', async () => {
    const observing = aConfiguration({ hostnames: [aHostname({ mode: 'observe' })] })
    expect((await anApply(observedRecords(), observing).run({ plans: [aPlan()] })).outcomes).toEqual(
      refusal('mode', 'observe', `${HOSTNAME} is in mode observe, which writes nothing`),
    )
  })

  test('to look at a hostname nobody configured', async () => {
    expect((await anApply().run({ look: ['other.example.com'] })).outcomes).toEqual(
      refusal('configuration', 'unknown-hostname', 'other.example.com is not configured', 'other.example.com'),
    )
  })
})

describe('overrides', () => {
  const pause = { kind: 'pause' as const, hostname: HOSTNAME, author: 'me', reason: 'by hand', createdAt: 0 }

  test('bind a write while they are in force, and not a second longer', async () => {
    const { overrides, runPlan, wait } = anApply()
    await overrides.put({ ...pause, expiresAt: 1_001 })
    expect(await runPlan(aPlan())).toMatchObject({ kind: 'refused', refusals: [{ guard: 'paused' }] })
    wait(1)
    expect(await runPlan(aPlan())).toMatchObject({ kind: 'applied' })
  })
})

describe('a table that has lost the hostname', () => {
  test('still lets a change be confirmed', async () => {
    const { journal, records, run } = anApply()
    const receipt = {
      hostname: 'lost.example.com',
      changeId: 'C1',
      fence: { generation: 1, sequence: 7 },
      submittedAt: 900,
      reason: { code: 'signal', sentence: 'earlier' },
    }
    expect((await run({ confirm: [receipt] })).confirmed).toEqual([{ ...receipt, inSyncAt: 1_000 }])
    expect(journal.all.map(({ kind }) => kind)).toEqual(['inSync'])
    expect(await records.get('lost.example.com')).toBeUndefined()
  })
})

describe('looking', () => {
  test('forgets neither the last receipt nor the repairs in a row', async () => {
    const { records, run, runPlan } = anApply()
    await runPlan(aPlan({ cause: 'repair' }))
    await records.put({ ...((await records.get(HOSTNAME)) ?? { observed: observedRecords() }), repairs: { count: 1, lastAt: 1_000 } })
    const before = await records.get(HOSTNAME)
    await run({ look: [HOSTNAME] })
    expect(before).toMatchObject({ receipt: { changeId: 'C1' }, repairs: { count: 1, lastAt: 1_000 } })
    const { receipt, repairs } = (await records.get(HOSTNAME)) ?? {}
    expect({ receipt, repairs }).toEqual({ receipt: before?.receipt, repairs: before?.repairs })
  })

  test('tells what our last write left from what somebody else has changed since', async () => {
    const { records, run, runPlan, zone } = anApply()
    const isOurs = async () => {
      await run({ look: [HOSTNAME] })
      return (await records.get(HOSTNAME))?.isOurs
    }
    expect(await isOurs()).toBeUndefined()
    await runPlan(aPlan())
    expect(await isOurs()).toBe(true)
    const ours = zone.standing
    zone.standing = { ...ours, members: [aRecord('aws', 99), aRecord('hetzner', 1)] }
    expect(await isOurs()).toBeUndefined()
    // A hand that puts our records back has written all the same.
    zone.standing = ours
    expect(await isOurs()).toBeUndefined()
  })
})

describe('a write whose answer was lost', () => {
  /** Route 53 takes the batch, and the second try of the client meets what the first one left. */
  const lost = async () => {
    const apply = anApply()
    const plan = aPlan()
    const { swap } = apply.zone
    apply.zone.swap = async (batch) => {
      apply.zone.swap = swap
      await swap(batch)
      return { kind: 'conflict', messages: ['the record was not found as given'] }
    }
    const outcome = await apply.runPlan(plan)
    const receipt = { hostname: HOSTNAME, fence: plan.fence, submittedAt: 1_000, reason: plan.reason, decided: plan.decided }
    return { ...apply, plan, outcome, receipt }
  }

  test('receipt: it is written down like any other, but for the id of its change', async () => {
    const { outcome, records, journal, plan, receipt } = await lost()
    expect(outcome).toMatchObject({ kind: 'already', observed: { fence: plan.fence } })
    expect(await records.get(HOSTNAME)).toEqual({
      observed: { ...observedRecords(), members: expect.arrayContaining(plan.wanted), fence: { ...FENCE, sequence: 8 }, observedAt: 1_000 },
      receipt,
      isOurs: true,
      repairs: undefined,
    })
    expect(journal.all).toMatchObject([{ kind: 'applied', at: 1_000, receipt, changes: plan.changes }])
  })

  test('receipt: it has the same way back as one that was answered', async () => {
    const answered = anApply()
    await answered.runPlan(aPlan())
    const undoOf = ([entry]: Awaited<ReturnType<typeof lost>>['journal']['all']) => (entry?.kind === 'applied' ? entry.undo : undefined)
    expect(undoOf((await lost()).journal.all)).toBe(undoOf(answered.journal.all))
    expect(undoOf(answered.journal.all)).toContain('undo of gen=1 seq=8')
  })

  test('receipt: it counts as in sync when a change is everywhere as a rule, and nobody asks for it', async () => {
    const { receipt, records, journal, run, wait, zone } = await lost()
    wait(59)
    expect((await run({ confirm: [receipt] })).confirmed).toEqual([])
    wait(1)
    expect((await run({ confirm: [receipt] })).confirmed).toEqual([{ ...receipt, inSyncAt: 1_060 }])
    expect((await records.get(HOSTNAME))?.receipt).toEqual({ ...receipt, inSyncAt: 1_060 })
    expect(journal.all.map(({ kind }) => kind)).toEqual(['applied', 'inSync'])
    expect(zone.calls.changeStatus).toBe(0)
  })

  test('receipt: of two such writes the older one does not replace the newer', async () => {
    const { receipt, records, run, wait } = await lost()
    wait(100)
    await run({ confirm: [{ ...receipt, fence: { generation: 1, sequence: 7 } }] })
    expect((await records.get(HOSTNAME))?.receipt).toEqual(receipt)
  })

  test('receipt: it counts towards a fight when it replaced what somebody else had changed', async () => {
    const { records, runPlan, zone } = anApply()
    await runPlan(aPlan())
    const known = (await records.get(HOSTNAME)) ?? { observed: observedRecords() }
    await records.put({ ...known, isOurs: undefined })
    const { swap } = zone
    zone.swap = async (batch) => {
      await swap(batch)
      return { kind: 'conflict', messages: [] }
    }
    const plan = aPlan({ cause: 'repair' }, { observed: known.observed, shares: { aws: 0.5, hetzner: 0.5 } })
    expect(await runPlan(plan)).toMatchObject({ kind: 'already' })
    expect(await records.get(HOSTNAME)).toMatchObject({ repairs: { count: 1, lastAt: 1_000 }, isOurs: true })
  })

  test('receipt: what another run has written down by then stays', async () => {
    const { records, journal, runPlan, zone } = anApply()
    const plan = aPlan()
    const theirs = { hostname: HOSTNAME, changeId: 'C9', fence: plan.fence, submittedAt: 999, reason: plan.reason }
    const standing = { ...observedRecords(), members: plan.wanted, fence: { ...FENCE, sequence: 8 } }
    zone.beforeSwap = async () => {
      zone.standing = standing
      await records.put({ observed: { ...standing, observedAt: 1_000 }, receipt: theirs, isOurs: true })
    }
    expect(await runPlan(plan)).toMatchObject({ kind: 'already' })
    expect(await records.get(HOSTNAME)).toMatchObject({ receipt: theirs, isOurs: true })
    expect(journal.all).toEqual([])
  })
})
