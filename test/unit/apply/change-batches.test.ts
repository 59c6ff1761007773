// The ways back by hand: what `aws route53 change-resource-record-sets` is given.
import { expect, test } from 'vitest'
import { rollbackBatch, undoBatch } from '#apply/change-batches.ts'
import type { RecordSwap } from '#ports/dns-zone.ts'
import { HOSTNAME, ZONE } from '#test/builders/configuration.ts'
import { aRecord } from '#test/builders/records.ts'

const aSwap = (overrides: Partial<RecordSwap> = {}): RecordSwap => ({
  zoneId: ZONE,
  hostname: HOSTNAME,
  remove: [aRecord('aws', 1)],
  create: [aRecord('aws', 3)],
  fence: { before: { generation: 1, sequence: 7, ttlSeconds: 30 }, after: { generation: 1, sequence: 8, ttlSeconds: 60 } },
  comment: 'gen=1 seq=8 signal',
  ...overrides,
})

const aws = (Weight: number) => ({
  Name: HOSTNAME,
  Type: 'A',
  SetIdentifier: `sluice:${HOSTNAME}:aws:edge`,
  Weight,
  HealthCheckId: 'hc-aws',
  TTL: 60,
  ResourceRecords: [{ Value: '192.0.2.10' }],
})

const txt = (Value: string, TTL: number) => ({ Name: `_sluice.${HOSTNAME}`, Type: 'TXT', TTL, ResourceRecords: [{ Value }] })

test('an undo deletes exactly what was created, fence included, creates what was replaced, and raises the fence', () => {
  expect(JSON.parse(undoBatch(aSwap()))).toEqual({
    Comment: 'undo of gen=1 seq=8 signal',
    Changes: [
      { Action: 'DELETE', ResourceRecordSet: aws(3) },
      { Action: 'DELETE', ResourceRecordSet: txt('"gen=1 seq=8"', 60) },
      { Action: 'CREATE', ResourceRecordSet: aws(1) },
      { Action: 'CREATE', ResourceRecordSet: txt('"gen=1 seq=9"', 60) },
    ],
  })
})

test('an undo of the first write leaves the fence, which never falls', () => {
  const first = aSwap({ remove: [], fence: { before: undefined, after: { generation: 1, sequence: 1, ttlSeconds: 60 } } })
  expect(JSON.parse(undoBatch(first)).Changes.map(({ Action }: { Action: string }) => Action)).toEqual(['DELETE', 'DELETE', 'CREATE'])
})

test('an alias is given back as an alias, and a record without a health check without one', () => {
  const { healthCheckId: _none, ...bare } = aRecord('aws', 1)
  const alias = { dnsName: 'lb.example.net', hostedZoneId: 'Z1', evaluateTargetHealth: true }
  const { Changes } = JSON.parse(undoBatch(aSwap({ create: [], remove: [{ ...bare, target: { kind: 'alias', alias } }] })))
  expect(Changes[1]).toEqual({
    Action: 'CREATE',
    ResourceRecordSet: {
      Name: HOSTNAME,
      Type: 'A',
      SetIdentifier: `sluice:${HOSTNAME}:aws:edge`,
      Weight: 1,
      AliasTarget: { DNSName: 'lb.example.net', HostedZoneId: 'Z1', EvaluateTargetHealth: true },
    },
  })
})

test('a rollback leads from all that stands to the good plan, under a generation of its own', () => {
  const standing = [aRecord('aws', 3), aRecord('hetzner', 1), aRecord('later', 2)]
  const good = [aRecord('aws', 1), aRecord('hetzner', 1), aRecord('gone', 5)]
  const { Comment, Changes } = JSON.parse(rollbackBatch(aSwap(), standing, good))
  expect(Comment).toBe('from gen=1 seq=8 signal to the last good plan')
  expect(
    Changes.map(({ Action, ResourceRecordSet: { SetIdentifier, ResourceRecords } }: Change) => [
      Action,
      SetIdentifier?.split(':')[2] ?? ResourceRecords[0]?.Value,
    ]),
  ).toEqual([
    ['DELETE', 'aws'],
    ['DELETE', 'later'],
    ['DELETE', '"gen=1 seq=8"'],
    ['CREATE', 'aws'],
    ['CREATE', 'gone'],
    ['CREATE', '"gen=2 seq=9"'],
  ])
})

type Change = {
  readonly Action: string
  readonly ResourceRecordSet: { readonly SetIdentifier?: string; readonly ResourceRecords: readonly { readonly Value: string }[] }
}
