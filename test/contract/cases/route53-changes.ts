// ChangeResourceRecordSets: what a batch may do, and what it may not.
import { expect } from 'vitest'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'
import { aRecord, aTxt, aWeighted, aZone, change, records } from '../route53-fixtures.ts'

const API = 'API reference, ChangeResourceRecordSets'

export const route53Changes: ContractSuite = {
  service: 'Route 53 changes',
  cases: [
    {
      name: 'a batch is made as a whole or not at all',
      source: `${API}: "either makes all or none of the changes in the change batch request"`,
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await change(route53, zoneId, ['CREATE', aRecord({ Name: `a.${zone}` })])
        await expectFault(
          'InvalidChangeBatch',
          change(route53, zoneId, ['CREATE', aRecord({ Name: `b.${zone}` })], ['CREATE', aRecord({ Name: `a.${zone}` })]),
        )
        expect((await records(route53, zoneId, zone)).map(({ Name }) => Name)).toEqual([`a.${zone}.`])
      },
    },
    {
      name: 'CREATE of what exists is refused',
      source: `${API}, Change.Action`,
      differs: { moto: 'it replaces a weighted record' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const record = aWeighted({ Name: `a.${zone}` })
        await change(route53, zoneId, ['CREATE', record])
        const fault = await expectFault('InvalidChangeBatch', change(route53, zoneId, ['CREATE', { ...record, Weight: 99 }]))
        expect(fault.message).toContain('already exists')
      },
    },
    ...(
      [
        ['weight', { Weight: 11 }, 'it deletes the record'],
        ['TTL', { TTL: 61 }, 'it answers InvalidInput'],
        ['values', { ResourceRecords: [{ Value: '192.0.2.9' }] }, 'it answers InvalidInput'],
        ['set identifier', { SetIdentifier: 'two' }, 'it succeeds and deletes nothing'],
      ] as const
    ).map(([what, other, moto]) => ({
      name: `DELETE with another ${what} than the record has is refused`,
      source: `${API}: "To delete a resource record set, you must specify all the same values that you specified when you created it"`,
      differs: { moto },
      async run({ route53 }: Parameters<ContractSuite['cases'][number]['run']>[0], unique: string) {
        const { zoneId, zone } = await aZone(route53, unique)
        const record = aWeighted({ Name: `a.${zone}` })
        await change(route53, zoneId, ['CREATE', record])
        await expectFault(
          'InvalidChangeBatch',
          change(route53, zoneId, [
            'DELETE',
            {
              ...record,
              ...other,
              ResourceRecords: [...('ResourceRecords' in other ? other.ResourceRecords : (record.ResourceRecords ?? []))],
            },
          ]),
        )
        expect(await records(route53, zoneId, zone)).toHaveLength(1)
      },
    })),
    {
      name: 'DELETE does not touch the same set identifier under another name',
      source: `${API}: a record set is known by name, type and set identifier`,
      differs: { moto: 'it deletes the record of the other name' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await change(route53, zoneId, ['CREATE', aWeighted({ Name: `a.${zone}` })], ['CREATE', aWeighted({ Name: `b.${zone}` })])
        await change(route53, zoneId, ['DELETE', aWeighted({ Name: `b.${zone}` })])
        expect((await records(route53, zoneId, zone)).map(({ Name }) => Name)).toEqual([`a.${zone}.`])
      },
    },
    {
      name: 'DELETE and CREATE of one record in one batch swap it',
      source: `${API}: changes of one batch are made in one transaction`,
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const before = aWeighted({ Name: `a.${zone}` })
        await change(route53, zoneId, ['CREATE', before], ['CREATE', aTxt(`_fence.${zone}`, 'gen=0 seq=1')])
        await change(
          route53,
          zoneId,
          ['DELETE', before],
          ['CREATE', { ...before, Weight: 77 }],
          ['DELETE', aTxt(`_fence.${zone}`, 'gen=0 seq=1')],
          ['CREATE', aTxt(`_fence.${zone}`, 'gen=0 seq=2')],
        )
        const after = await records(route53, zoneId, zone)
        expect(after.find(({ Type }) => Type === 'A')?.Weight).toBe(77)
        expect(after.find(({ Type }) => Type === 'TXT')?.ResourceRecords).toEqual([{ Value: '"gen=0 seq=2"' }])
      },
    },
    {
      name: 'of ten writers that swap the same record at once exactly one wins',
      source: `${API}: a DELETE of what is no longer there fails the batch`,
      differs: { moto: 'all of them succeed: a DELETE does not compare the values of a TXT record' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const fence = (sequence: number) => aTxt(`_fence.${zone}`, `gen=0 seq=${sequence}`)
        await change(route53, zoneId, ['CREATE', fence(0)])
        const swaps = Array.from({ length: 10 }, (_, index) => change(route53, zoneId, ['DELETE', fence(0)], ['CREATE', fence(index + 1)]))
        const outcomes = await Promise.allSettled(swaps)
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
        expect((await records(route53, zoneId, zone))[0]?.ResourceRecords?.[0]?.Value).toBe(`"gen=0 seq=${winner + 1}"`)
      },
    },
    {
      name: 'UPSERT creates what is missing and replaces what is there',
      source: `${API}, Change.Action`,
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await change(route53, zoneId, ['UPSERT', aWeighted({ Name: `a.${zone}` })])
        await change(route53, zoneId, ['UPSERT', aWeighted({ Name: `a.${zone}`, Weight: 200 })])
        expect((await records(route53, zoneId, zone)).map(({ Weight }) => Weight)).toEqual([200])
      },
    },
    {
      name: 'a CNAME beside another type is refused',
      source: 'Developer guide, "Supported DNS record types", CNAME',
      differs: { moto: 'it takes both' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await change(route53, zoneId, ['CREATE', aRecord({ Name: `a.${zone}` })])
        const cname = aRecord({ Name: `a.${zone}`, Type: 'CNAME', ResourceRecords: [{ Value: 'other.example.test' }] })
        await expectFault('InvalidChangeBatch', change(route53, zoneId, ['CREATE', cname]))
      },
    },
    {
      name: 'a CNAME at the apex is refused',
      ownZone: true,
      source: 'Developer guide, "Supported DNS record types", CNAME: none at the top node of a namespace',
      differs: { moto: 'it takes it' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await expectFault(
          'InvalidChangeBatch',
          change(route53, zoneId, ['CREATE', aRecord({ Name: zone, Type: 'CNAME', ResourceRecords: [{ Value: 'other.example.test' }] })]),
        )
      },
    },
    {
      name: 'a weighted and a simple record of one name and type are refused',
      source: 'API reference, ResourceRecordSet, Weight',
      differs: { moto: 'it takes both' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await change(route53, zoneId, ['CREATE', aRecord({ Name: `a.${zone}` })])
        await expectFault('InvalidChangeBatch', change(route53, zoneId, ['CREATE', aWeighted({ Name: `a.${zone}` })]))
      },
    },
    {
      name: 'the records of a weighted group have one TTL',
      source:
        'API reference, ResourceRecordSet, TTL: "All of the resource record sets in a group of weighted resource record sets must have the same value for TTL"',
      differs: { moto: 'it takes different ones' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await change(route53, zoneId, ['CREATE', aWeighted({ Name: `a.${zone}` })])
        await expectFault(
          'InvalidChangeBatch',
          change(route53, zoneId, ['CREATE', aWeighted({ Name: `a.${zone}`, SetIdentifier: 'two', TTL: 61 })]),
        )
      },
    },
    {
      name: 'a weighted record with two values is refused',
      source: 'API reference, ResourceRecordSet, Weight: "You can only specify one ResourceRecord per weighted resource record set"',
      differs: { moto: 'it takes it' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const record = aWeighted({ Name: `a.${zone}`, ResourceRecords: [{ Value: '192.0.2.1' }, { Value: '192.0.2.2' }] })
        await expectFault('InvalidChangeBatch', change(route53, zoneId, ['CREATE', record]))
      },
    },
    {
      name: 'a record outside the zone is refused',
      source: `${API}: the name must lie within the hosted zone`,
      async run({ route53 }, unique) {
        const { zoneId } = await aZone(route53, unique)
        await expectFault('InvalidChangeBatch', change(route53, zoneId, ['CREATE', aRecord({ Name: 'a.elsewhere.test' })]))
      },
    },
    {
      name: 'a TXT value without quotation marks is refused',
      source: 'Developer guide, "TXT record type"',
      differs: { moto: 'it takes it' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        await expectFault(
          'InvalidChangeBatch',
          change(route53, zoneId, ['CREATE', { ...aTxt(`t.${zone}`, ''), ResourceRecords: [{ Value: 'bare' }] }]),
        )
      },
    },
    {
      name: 'more than 1,000 record elements are refused, an UPSERT counted twice',
      source: 'Developer guide, "Quotas", ResourceRecord elements',
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const many = (count: number) =>
          aRecord({
            Name: `a.${zone}`,
            ResourceRecords: Array.from({ length: count }, (_, index) => ({ Value: `10.0.${index >> 8}.${index & 255}` })),
          })
        await expectFault('InvalidChangeBatch', change(route53, zoneId, ['UPSERT', many(501)]))
        await change(route53, zoneId, ['UPSERT', many(500)])
      },
    },
    {
      name: 'a record that names a health check nobody made is refused',
      source: `${API}, NoSuchHealthCheck`,
      differs: { moto: 'it takes it' },
      async run({ route53 }, unique) {
        const { zoneId, zone } = await aZone(route53, unique)
        const record = aWeighted({ Name: `a.${zone}`, HealthCheckId: '00000000-0000-4000-8000-000000000000' })
        await expectFault('NoSuchHealthCheck', change(route53, zoneId, ['CREATE', record]))
      },
    },
  ],
}
