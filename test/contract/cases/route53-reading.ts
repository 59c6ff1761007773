// Hosted zones, lists of records, and changes on their way to the name servers.
import {
  GetChangeCommand,
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  waitUntilResourceRecordSetsChanged,
} from '@aws-sdk/client-route-53'
import { expect } from 'vitest'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'
import { aRecord, aWeighted, aZone, change } from '../route53-fixtures.ts'

export const route53Reading: ContractSuite = {
  service: 'Route 53 reading',
  cases: [
    {
      name: 'a new zone has its NS and SOA records',
      ownZone: true,
      source: 'Developer guide, "NS and SOA records that Amazon Route 53 creates for a public hosted zone"',
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const { ResourceRecordSets = [], IsTruncated } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }))
        expect(ResourceRecordSets.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([`${zone}. NS`, `${zone}. SOA`])
        expect(IsTruncated).toBe(false)
      },
    },
    {
      name: 'zones are found by their name',
      ownZone: true,
      source: 'API reference, ListHostedZonesByName',
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const { HostedZones = [] } = await route53.send(new ListHostedZonesByNameCommand({ DNSName: zone, MaxItems: 1 }))
        expect(HostedZones.map(({ Id, Name }) => [Id, Name])).toEqual([[`/hostedzone/${zoneId}`, `${zone}.`]])
      },
    },
    {
      name: 'a zone that does not exist is NoSuchHostedZone',
      source: 'API reference, GetHostedZone, Errors',
      async run({ route53 }) {
        await expectFault('NoSuchHostedZone', route53.send(new GetHostedZoneCommand({ Id: 'ZDOESNOTEXIST' })))
      },
    },
    {
      name: 'records come sorted by their labels reversed, with a wildcard as \\052',
      ownZone: true,
      source:
        'API reference, ListResourceRecordSets: "sorts results first by DNS name with the labels reversed"; developer guide, "DNS domain name format"',
      differs: { moto: 'it shows a wildcard as an asterisk' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const names = [`b.${zone}`, `a.b.${zone}`, `*.b.${zone}`, `c.${zone}`]
        await change(route53, zoneId, ...names.map((Name) => ['CREATE', aRecord({ Name })] as ['CREATE', ReturnType<typeof aRecord>]))
        const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }))
        const listed = ResourceRecordSets.filter(({ Type }) => Type === 'A').map(({ Name }) => Name)
        expect(listed).toEqual([`b.${zone}.`, `\\052.b.${zone}.`, `a.b.${zone}.`, `c.${zone}.`])
      },
    },
    {
      name: 'a list begins at the name that was asked for',
      source: 'API reference, ListResourceRecordSets, StartRecordName',
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await change(
          route53,
          zoneId,
          ['CREATE', aRecord({ Name: `a.${zone}` })],
          ['CREATE', aWeighted({ Name: `m.${zone}` })],
          ['CREATE', aRecord({ Name: `z.${zone}` })],
        )
        const { ResourceRecordSets = [] } = await route53.send(
          new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: `m.${zone}` }),
        )
        expect(ResourceRecordSets.map(({ Name }) => Name)).toEqual([`m.${zone}.`, `z.${zone}.`])
      },
    },
    {
      name: 'pages lead to each other by name, type and set identifier',
      source: 'API reference, ListResourceRecordSets, NextRecordName, NextRecordType, NextRecordIdentifier',
      differs: { moto: 'it gives the same page again and again' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const identifiers = ['a', 'b', 'c', 'd', 'e']
        const creations = identifiers.map(
          (SetIdentifier) => ['CREATE', aWeighted({ Name: `w.${zone}`, SetIdentifier })] as ['CREATE', ReturnType<typeof aWeighted>],
        )
        await change(route53, zoneId, ...creations)
        const seen: (string | undefined)[] = []
        let next: { StartRecordName?: string; StartRecordType?: 'A'; StartRecordIdentifier?: string } = {
          StartRecordName: `w.${zone}`,
          StartRecordType: 'A',
        }
        for (let pages = 0; pages < 10; pages++) {
          const page = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, MaxItems: 2, ...next }))
          seen.push(...(page.ResourceRecordSets ?? []).map(({ SetIdentifier }) => SetIdentifier))
          if (page.IsTruncated !== true) break
          next = {
            ...(page.NextRecordName === undefined ? {} : { StartRecordName: page.NextRecordName }),
            ...(page.NextRecordType === undefined ? {} : { StartRecordType: page.NextRecordType as 'A' }),
            ...(page.NextRecordIdentifier === undefined ? {} : { StartRecordIdentifier: page.NextRecordIdentifier }),
          }
        }
        expect(seen).toEqual(identifiers)
      },
    },
    {
      name: 'a change becomes INSYNC',
      source: 'API reference, GetChange',
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const { ChangeInfo } = await change(route53, zoneId, ['CREATE', aRecord({ Name: `a.${zone}` })])
        const Id = ChangeInfo?.Id ?? ''
        await waitUntilResourceRecordSetsChanged({ client: route53, maxWaitTime: 120, minDelay: 1, maxDelay: 2 }, { Id })
        expect((await route53.send(new GetChangeCommand({ Id }))).ChangeInfo?.Status).toBe('INSYNC')
      },
    },
  ],
}
