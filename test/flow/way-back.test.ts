// The batches in the journal, carried out on Route 53 as a person would without any function of ours.
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyPlan } from '#apply/apply-plan.ts'
import type { ApplyPorts } from '#apply/ports.ts'
import { planHostname } from '#plan/plan-hostname.ts'
import type { GoodPlanStore } from '#ports/good-plan-store.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'
import { zoneOnTheWire } from './zone-on-the-wire.ts'

let wire: Awaited<ReturnType<typeof zoneOnTheWire>>
let route53: Route53Client
let ports: ApplyPorts & { readonly journal: ReturnType<typeof memoryJournal>; readonly goodPlans: GoodPlanStore }

beforeAll(async () => {
  wire = await zoneOnTheWire('way-back')
  route53 = new Route53Client({
    endpoint: wire.aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'root', secretAccessKey: 'root' },
  })
  const { clock, zone } = wire
  const stores = { records: memoryRecords(), overrides: memoryOverrides(), goodPlans: memoryGoodPlans(), journal: memoryJournal() }
  ports = { clock, zone, ...stores }
})

afterAll(async () => {
  route53.destroy()
  await wire.aws.close()
})

const standing = () => wire.zone.list(wire.hostname.zoneId, HOSTNAME)

async function write(shares: Record<string, number>) {
  const { configuration, hostname } = wire
  const observed = await standing()
  await ports.records.put({ observed, receipt: (await ports.records.get(HOSTNAME))?.receipt })
  const receipt = (await ports.records.get(HOSTNAME))?.receipt
  const { providers } = configuration
  const plan = planHostname({ hostname, providers, decision: aDecision(shares), observed, receipt, returnWeight: 0.02 })
  expect((await applyPlan(plan, configuration, ports)).kind).toBe('applied')
  const entry = ports.journal.all.at(-1)
  if (entry?.kind !== 'applied') throw new Error('no write is journalled')
  return entry
}

const byHand = (batch: string | undefined) =>
  route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: wire.hostname.zoneId, ChangeBatch: JSON.parse(batch ?? 'null') }))

test('after several writes one batch leads back to the last good plan, once, and the controller can go on from there', async () => {
  expect((await write({ aws: 0.5, hetzner: 0.5 })).rollback).toBeUndefined()
  const { members, fence } = await standing()
  await ports.goodPlans.put({ hostname: HOSTNAME, members, fence: fence ?? { generation: 0, sequence: 0 }, since: 0 })
  await write({ aws: 0.75, hetzner: 0.25 })
  const { rollback } = await write({ aws: 0.9, hetzner: 0.1 })

  await byHand(rollback)
  expect(await standing()).toMatchObject({ members, fence: { generation: 2, sequence: 4 } })
  await expect(byHand(rollback)).rejects.toMatchObject({ name: 'InvalidChangeBatch' })

  const next = await write({ aws: 0.25, hetzner: 0.75 })
  expect(next.receipt.fence).toEqual({ generation: 2, sequence: 5 })
})

test('an undo restores what stood before the last write under a fence that has risen', async () => {
  const before = await standing()
  const { undo } = await write({ aws: 0.75, hetzner: 0.25 })
  await byHand(undo)
  const after = await standing()
  expect(after.members).toEqual(before.members)
  expect(after.fence).toMatchObject({ generation: 2, sequence: 7 })
})
