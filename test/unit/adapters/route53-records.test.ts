// What stands at a hostname, sorted into ours, the fence, and strangers; and back into a batch.
import { describe, expect, test } from 'vitest'
import { normalisedName, observedFrom } from '#adapters/aws/route53-records.ts'
import { batchChanges } from '#model/batch-changes.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aRecord } from '#test/builders/records.ts'

const ours = {
  Name: `${HOSTNAME}.`,
  Type: 'A' as const,
  SetIdentifier: `sluice:${HOSTNAME}:aws:edge`,
  Weight: 3,
  TTL: 60,
  ResourceRecords: [{ Value: '192.0.2.10' }],
  HealthCheckId: 'hc-aws',
}
const fence = { Name: `_sluice.${HOSTNAME}.`, Type: 'TXT' as const, TTL: 60, ResourceRecords: [{ Value: '"gen=4 seq=9"' }] }

describe('observedFrom', () => {
  test('reads members and the fence', () => {
    expect(observedFrom(HOSTNAME, [ours, fence], 5)).toEqual({
      hostname: HOSTNAME,
      members: [aRecord('aws', 3)],
      fence: { generation: 4, sequence: 9, ttlSeconds: 60 },
      strangers: [],
      observedAt: 5,
    })
  })

  test('leaves records of other types alone', () => {
    const mx = { Name: `${HOSTNAME}.`, Type: 'MX' as const, TTL: 60, ResourceRecords: [{ Value: '10 mail.example.com' }] }
    expect(observedFrom(HOSTNAME, [mx], 5)).toMatchObject({ members: [], strangers: [] })
  })

  test.each([
    ['a record of somebody else', { ...ours, SetIdentifier: 'blue' }, 'its set identifier does not begin with ours'],
    ['a simple record', { Name: ours.Name, Type: ours.Type, TTL: 60, ResourceRecords: ours.ResourceRecords }, 'not a weighted record'],
    ['one of ours that is out of range', { ...ours, Weight: 300 }, 'it carries our set identifier but cannot be read'],
    [
      'a TXT that is no fence',
      { ...fence, ResourceRecords: [{ Value: '"v=spf1 -all"' }] },
      'a TXT record at the name of the fence that is not a fence',
    ],
  ])('%s is a stranger', (_what, recordSet, why) => {
    expect(observedFrom(HOSTNAME, [recordSet], 5).strangers).toMatchObject([{ why }])
  })

  test('reads a wildcard and an alias as Route 53 gives them', () => {
    expect(normalisedName('\\052.Example.com.')).toBe('*.example.com')
    const alias = {
      Name: `${HOSTNAME}.`,
      Type: 'A' as const,
      SetIdentifier: ours.SetIdentifier,
      Weight: 1,
      AliasTarget: { DNSName: 'lb.example.net.', HostedZoneId: 'Z2', EvaluateTargetHealth: true },
    }
    expect(observedFrom(HOSTNAME, [alias], 5).members[0]?.target).toEqual({
      kind: 'alias',
      alias: { dnsName: 'lb.example.net', hostedZoneId: 'Z2', evaluateTargetHealth: true },
    })
  })
})

test('a batch deletes exactly, creates, and swaps the fence in the same go', () => {
  const changes = batchChanges({
    hostname: HOSTNAME,
    remove: [aRecord('aws', 1)],
    create: [aRecord('aws', 3)],
    fence: { before: { generation: 4, sequence: 9, ttlSeconds: 60 }, after: { generation: 4, sequence: 10, ttlSeconds: 60 } },
  })
  expect(
    changes.map(
      ({ Action, ResourceRecordSet }) =>
        `${Action} ${ResourceRecordSet?.Type} ${ResourceRecordSet?.Weight ?? ResourceRecordSet?.ResourceRecords?.[0]?.Value}`,
    ),
  ).toEqual(['DELETE A 1', 'DELETE TXT "gen=4 seq=9"', 'CREATE A 3', 'CREATE TXT "gen=4 seq=10"'])
})
