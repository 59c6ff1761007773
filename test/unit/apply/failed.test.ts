// A hostname that Route 53 answers with an error: the others go on, and the error is said.
import { expect, test } from 'vitest'
import { applyRequest } from '#apply/apply-request.ts'
import type { ApplyRequest, Receipt } from '#model/receipt.ts'
import { aConfiguration, aHostname, HOSTNAME, ZONE } from '#test/builders/configuration.ts'
import { aPlan, observedRecords } from '#test/builders/records.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'
import { memoryZone } from '#test/fakes/memory-zone.ts'

const GONE = 'gone.example.com'
const GONE_ZONE = 'ZGONE'
const noZone = () => Promise.reject(Object.assign(new Error(`no zone ${GONE_ZONE}`), { name: 'NoSuchHostedZone' }))

/** The same of the other hostname. */
const asGone = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(HOSTNAME, GONE).replaceAll(ZONE, GONE_ZONE))

/** Two zones, of which one was deleted by hand. */
async function anApplyWithAZoneGone(request: Partial<ApplyRequest>) {
  const clock = { nowSeconds: () => 1_000 }
  const memory = memoryZone(observedRecords(), clock.nowSeconds)
  const zone: typeof memory = {
    ...memory,
    list: (zoneId, hostname) => (zoneId === GONE_ZONE ? noZone() : memory.list(zoneId, hostname)),
    swap: (swap) => (swap.zoneId === GONE_ZONE ? noZone() : memory.swap(swap)),
    changeStatus: (id) => (id === 'CGONE' ? noZone() : memory.changeStatus(id)),
  }
  const records = memoryRecords([{ observed: observedRecords() }, { observed: asGone(observedRecords()) }])
  const journal = memoryJournal()
  const configuration = aConfiguration({
    hostnames: [aHostname({ hostname: GONE, zoneId: GONE_ZONE }), aHostname({ hostname: HOSTNAME, zoneId: ZONE })],
  })
  const ports = { zone, records, journal, overrides: memoryOverrides(), goodPlans: memoryGoodPlans(), clock }
  const answer = await applyRequest({ rollbacks: [], plans: [], look: [], confirm: [], ...request }, configuration, 2_000, ports)
  return { answer, journal }
}

test('a plan whose zone is gone fails alone, and the journal says why', async () => {
  const plans = [asGone(aPlan()), aPlan()]
  const { answer, journal } = await anApplyWithAZoneGone({ plans })
  const sentence = `${GONE}: the plan could not be carried out: NoSuchHostedZone: no zone ${GONE_ZONE}`
  expect(answer.outcomes).toMatchObject([
    { kind: 'failed', hostname: GONE, reason: { code: 'failed', sentence } },
    { kind: 'applied', hostname: HOSTNAME },
  ])
  expect(journal.all).toMatchObject([{ kind: 'refused', hostname: GONE, refusals: [{ reason: { sentence } }] }, { kind: 'applied' }])
})

test('a hostname whose zone cannot be listed fails alone', async () => {
  const { answer } = await anApplyWithAZoneGone({ look: [GONE, HOSTNAME] })
  expect(answer.outcomes).toMatchObject([
    {
      kind: 'failed',
      hostname: GONE,
      reason: { sentence: `${GONE}: zone ${GONE_ZONE} could not be listed: NoSuchHostedZone: no zone ${GONE_ZONE}` },
    },
    { kind: 'looked', hostname: HOSTNAME },
  ])
})

test('a change nobody knows any more does not keep a later one from being confirmed', async () => {
  const receipt = (hostname: string, changeId: string, submittedAt: number): Receipt => ({
    hostname,
    changeId,
    submittedAt,
    fence: { generation: 1, sequence: 7 },
    reason: { code: 'signal', sentence: 'a reason' },
  })
  const { answer } = await anApplyWithAZoneGone({ confirm: [receipt(GONE, 'CGONE', 10), receipt(HOSTNAME, 'C1', 20)] })
  expect(answer.outcomes).toMatchObject([{ kind: 'failed', hostname: GONE }])
  expect(answer.confirmed).toMatchObject([{ hostname: HOSTNAME, inSyncAt: 1_000 }])
})
