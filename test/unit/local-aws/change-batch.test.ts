// The rules of a zone that no client of the contract suite reaches easily.
import { expect, it } from 'vitest'
import { applyBatch, type BatchOutcome } from '#local/aws/route53/change-batch.ts'
import type { RecordChange } from '#local/aws/route53/record-input.ts'
import { type RecordSet, recordKey } from '#local/aws/route53/record-set.ts'

const ZONE = 'example.test.'

function aRecord(overrides: Partial<RecordSet> = {}): RecordSet {
  const none = { setIdentifier: undefined, weight: undefined, alias: undefined, healthCheckId: undefined }
  return { name: `a.${ZONE}`, type: 'A', ttlSeconds: 60, values: ['192.0.2.1'], ...none, ...overrides }
}

const apex = [
  aRecord({ name: ZONE, type: 'NS', values: ['ns.example.test.'] }),
  aRecord({ name: ZONE, type: 'SOA', values: ['ns.example.test. admin.example.test. 1 2 3 4 5'] }),
]

function apply(existing: RecordSet[], ...changes: [RecordChange['action'], RecordSet][]): BatchOutcome {
  const records = new Map([...apex, ...existing].map((record) => [recordKey(record), record]))
  return applyBatch(
    { id: 'Z1', name: ZONE, records, recordsOf: () => undefined },
    changes.map(([action, record]) => ({ action, record })),
  )
}

function refusals(outcome: BatchOutcome): string {
  return outcome.kind === 'refused' ? outcome.messages.join(' | ') : 'applied'
}

it('DELETE compares values without their order, and names without their trailing dot', () => {
  const two = aRecord({ values: ['192.0.2.1', '192.0.2.2'] })
  expect(apply([two], ['DELETE', { ...two, values: ['192.0.2.2', '192.0.2.1'] }]).kind).toBe('applied')
  const cname = aRecord({ type: 'CNAME', values: ['other.test'] })
  expect(apply([cname], ['DELETE', { ...cname, values: ['other.test.'] }]).kind).toBe('applied')
})

it.each<[string, Partial<RecordSet>]>([
  ['health check', { healthCheckId: 'h2' }],
  ['no health check', { healthCheckId: undefined }],
])('DELETE with %s in place of the one that stands is refused', (_, other) => {
  const record = aRecord({ setIdentifier: 's', weight: 1, healthCheckId: 'h1' })
  expect(refusals(apply([record], ['DELETE', { ...record, ...other }]))).toContain(
    'but the values provided do not match the current values',
  )
})

it('DELETE compares the alias target', () => {
  const alias = { hostedZoneId: 'ZELB', dnsName: 'lb.test.', evaluateTargetHealth: true }
  const record = aRecord({ ttlSeconds: undefined, values: [], alias })
  expect(apply([record], ['DELETE', record]).kind).toBe('applied')
  expect(refusals(apply([record], ['DELETE', { ...record, alias: { ...alias, evaluateTargetHealth: false } }]))).toContain('do not match')
})

it('an alias to a record of the zone that is not there is refused', () => {
  const alias = { hostedZoneId: 'Z1', dnsName: `b.${ZONE}`, evaluateTargetHealth: true }
  const record = aRecord({ ttlSeconds: undefined, values: [], alias })
  expect(refusals(apply([], ['CREATE', record]))).toContain(`targets b.${ZONE}, type A in zone Z1, but that target was not found`)
  expect(apply([aRecord({ name: `b.${ZONE}` })], ['CREATE', record]).kind).toBe('applied')
})

it('the NS and SOA records of the zone stay', () => {
  for (const record of apex) expect(refusals(apply([], ['DELETE', record]))).toContain(`must contain at least one ${record.type} record`)
})

it('a record changes from CNAME to A in one batch', () => {
  const cname = aRecord({ type: 'CNAME', values: ['other.test'] })
  expect(apply([cname], ['DELETE', cname], ['CREATE', aRecord()]).kind).toBe('applied')
})

it('a weighted group has at most 100 records', () => {
  const group = Array.from(
    { length: 101 },
    (_, index) => ['CREATE', aRecord({ setIdentifier: `s${index}`, weight: 1 })] as ['CREATE', RecordSet],
  )
  expect(apply([], ...group.slice(0, 100)).kind).toBe('applied')
  expect(refusals(apply([], ...group))).toContain('Limit of 100 weighted records')
})

it('more than 32,000 characters of values are refused, an UPSERT counted twice', () => {
  const texts = (count: number) =>
    aRecord({ type: 'TXT', values: Array.from({ length: count }, (_, index) => `"${String(index).padStart(98, 'x')}"`) })
  expect(apply([], ['CREATE', texts(320)]).kind).toBe('applied')
  expect(refusals(apply([], ['CREATE', texts(321)]))).toContain('limit of 32000 exceeded: 32100')
  expect(refusals(apply([], ['UPSERT', texts(161)]))).toContain('limit of 32000 exceeded: 32200')
})

it('every objection of a batch is told', () => {
  const outcome = apply([aRecord()], ['CREATE', aRecord()], ['DELETE', aRecord({ name: `b.${ZONE}` })])
  expect(refusals(outcome)).toMatch(/already exists.*\|.*but it was not found/)
})
