// A fight over a hostname, whatever the other one does to its records, and what still passes in the middle of it.
import { describe, expect, test } from 'vitest'
import { seenAgain } from '#apply/seen-again.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { TickEvent } from '#model/tick-event.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aController, operator } from '#test/builders/controller.ts'

type Edit = (standing: ObservedRecords) => ObservedRecords

const deleteAll: Edit = ({ fence: _gone, ...standing }) => ({ ...standing, members: [] })
const bend: Edit = (standing) => ({ ...standing, members: standing.members.map((one, i) => (i === 0 ? { ...one, weight: 251 } : one)) })

async function aFight() {
  const controller = aController()
  const { tick, send, zone, records, now } = controller
  await tick(6)
  /** Somebody edits, and the sweep hands over what it sees, as reconcile does. */
  const round = async (edit: Edit) => {
    await tick(10)
    zone.standing = edit(zone.standing)
    const observed = { ...zone.standing, observedAt: now() }
    await records.put(seenAgain(await records.get(HOSTNAME), observed))
    const sequence = zone.standing.fence?.sequence
    const report = await send({ source: 'reconcile', time: now(), observed: [observed] } as Partial<TickEvent>)
    if (report.kind !== 'done') throw new Error(report.kind)
    return { isWritten: zone.standing.fence?.sequence !== sequence, refused: report.plans.flatMap(({ refusals }) => refusals) }
  }
  /** Until a plan is refused. */
  const rounds = async (edit: Edit) => {
    for (let count = 0; count < 3; count++) expect((await round(edit)).isWritten).toBe(true)
    return round(edit)
  }
  const count = async () => (await records.get(HOSTNAME))?.repairs?.count
  return { ...controller, round, rounds, count }
}

describe('a write fight', () => {
  test('write-fight: ends also with somebody who deletes all records: the fourth time they are not written again', async () => {
    const { rounds, tick, count, zone, sleep } = await aFight()
    const { isWritten, refused } = await rounds(deleteAll)
    expect(isWritten).toBe(false)
    expect(refused.map(({ guard }) => guard)).toEqual(['write-fight'])
    expect(refused[0]?.reason.sentence).toContain('3 repairs in a row were overwritten, no more is written')
    expect(zone.standing.members).toEqual([])
    expect(await count()).toBe(3)
    // After an hour it begins anew.
    sleep(3_600)
    await tick()
    expect(zone.standing.members).toHaveLength(2)
    expect(await count()).toBe(1)
  })

  test('write-fight: is not hidden by a correction between two repairs', async () => {
    const { round, count, clouds, tick, zone } = await aFight()
    await round(bend)
    await round(bend)
    const { sequence } = zone.standing.fence ?? {}
    clouds.hetzner = { capacity: 300, load: 100, errors: 40 }
    await tick(4)
    expect(zone.standing.fence?.sequence).toBeGreaterThan(sequence ?? 0)
    expect(await count()).toBe(2)
    expect((await round(bend)).isWritten).toBe(true)
    expect((await round(bend)).refused.map(({ guard }) => guard)).toEqual(['write-fight'])
  })

  test('write-fight: no correction by signals is written over what somebody else wants', async () => {
    const { rounds, clouds, tick, zone, weights } = await aFight()
    await rounds(bend)
    const before = { fence: zone.standing.fence, weights: weights() }
    clouds.hetzner = { capacity: 300, load: 100, errors: 40 }
    await tick(4)
    expect({ fence: zone.standing.fence, weights: weights() }).toEqual(before)
  })

  test('write-fight: a correction passes as soon as what we wrote stands', async () => {
    const { round, clouds, tick, zone } = await aFight()
    for (let edit = 0; edit < 3; edit++) await round(bend)
    await tick()
    const { sequence } = zone.standing.fence ?? {}
    clouds.hetzner = { capacity: 300, load: 100, errors: 40 }
    await tick(4)
    expect(zone.standing.fence?.sequence).toBeGreaterThan(sequence ?? 0)
  })

  test('write-fight: a cloud that is down is taken out in the middle of it, once', async () => {
    const { rounds, round, count, clouds, tick, shares } = await aFight()
    await rounds(bend)
    clouds.hetzner = { isRed: true, load: 0 }
    await tick(4)
    expect(shares().hetzner).toBeLessThan(0.05)
    expect(await count()).toBe(4)
    expect((await round(bend)).refused.map(({ guard }) => guard)).toEqual(['write-fight'])
  })

  test("write-fight: an operator's order is written in the middle of it, once", async () => {
    const { rounds, round, count, send, now, weights } = await aFight()
    await rounds(deleteAll)
    const pin = { action: 'pin', hostname: HOSTNAME, shares: { aws: 0.5, hetzner: 0.5 }, reason: 'moving', expiresAt: now() + 9_000 }
    await send(operator(now(), pin))
    expect(weights()).toEqual({ aws: 1, hetzner: 1 })
    expect(await count()).toBe(4)
    expect((await round(deleteAll)).refused.map(({ guard }) => guard)).toEqual(['write-fight'])
  })
})
