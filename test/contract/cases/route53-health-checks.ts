// Health checks and their tags.
import {
  ChangeTagsForResourceCommand,
  CreateHealthCheckCommand,
  DeleteHealthCheckCommand,
  GetHealthCheckCommand,
  type HealthCheckConfig,
  ListHealthChecksCommand,
  ListTagsForResourceCommand,
  ListTagsForResourcesCommand,
  type Route53Client,
  UpdateHealthCheckCommand,
} from '@aws-sdk/client-route-53'
import { expect } from 'vitest'
import type { ContractSuite } from '../contract-case.ts'
import { expectFault } from '../expect-fault.ts'

const CONFIG: HealthCheckConfig = {
  Type: 'HTTPS',
  IPAddress: '192.0.2.1',
  Port: 443,
  ResourcePath: '/up',
  FullyQualifiedDomainName: 'media.example.test',
  RequestInterval: 10,
  FailureThreshold: 3,
}

async function create(route53: Route53Client, reference: string, config = CONFIG): Promise<string> {
  const { HealthCheck } = await route53.send(new CreateHealthCheckCommand({ CallerReference: reference, HealthCheckConfig: config }))
  return HealthCheck?.Id ?? ''
}

export const route53HealthChecks: ContractSuite = {
  service: 'Route 53 health checks',
  cases: [
    {
      name: 'a health check comes back as it was made',
      source: 'API reference, CreateHealthCheck, GetHealthCheck',
      async run({ route53 }, unique) {
        const HealthCheckId = await create(route53, unique)
        const { HealthCheck } = await route53.send(new GetHealthCheckCommand({ HealthCheckId }))
        expect(HealthCheck?.HealthCheckConfig).toMatchObject(CONFIG)
        expect(HealthCheck?.HealthCheckVersion).toBe(1)
      },
    },
    {
      name: 'the same request again answers the same health check',
      source: 'API reference, CreateHealthCheck, CallerReference',
      differs: { moto: 'it makes a second one' },
      async run({ route53 }, unique) {
        expect(await create(route53, unique)).toBe(await create(route53, unique))
      },
    },
    {
      name: 'a caller reference cannot be used for other settings',
      source: 'API reference, CreateHealthCheck, HealthCheckAlreadyExists',
      differs: { moto: 'it makes a second one' },
      async run({ route53 }, unique) {
        await create(route53, unique)
        await expectFault('HealthCheckAlreadyExists', create(route53, unique, { ...CONFIG, Port: 8443 }))
      },
    },
    {
      name: 'the list of health checks says whether there are more',
      source: 'API reference, ListHealthChecks, IsTruncated (required)',
      differs: { moto: 'IsTruncated is missing' },
      async run({ route53 }, unique) {
        const ids = [await create(route53, `${unique}1`), await create(route53, `${unique}2`)]
        const listed: (string | undefined)[] = []
        let marker: string | undefined
        do {
          const page = await route53.send(new ListHealthChecksCommand({ MaxItems: 1, ...(marker === undefined ? {} : { Marker: marker }) }))
          expect(page.IsTruncated).toBeTypeOf('boolean')
          listed.push(...(page.HealthChecks ?? []).map(({ Id }) => Id))
          marker = page.IsTruncated === true ? page.NextMarker : undefined
        } while (marker !== undefined)
        expect(listed).toEqual(expect.arrayContaining(ids))
      },
    },
    {
      name: 'an update with a wrong version is refused',
      source: 'API reference, UpdateHealthCheck, HealthCheckVersionMismatch',
      differs: { moto: 'it does not count versions' },
      async run({ route53 }, unique) {
        const HealthCheckId = await create(route53, unique)
        const { HealthCheck } = await route53.send(new UpdateHealthCheckCommand({ HealthCheckId, HealthCheckVersion: 1, Port: 8443 }))
        expect(HealthCheck).toMatchObject({ HealthCheckVersion: 2, HealthCheckConfig: { ...CONFIG, Port: 8443 } })
        await expectFault(
          'HealthCheckVersionMismatch',
          route53.send(new UpdateHealthCheckCommand({ HealthCheckId, HealthCheckVersion: 1, Port: 9443 })),
        )
      },
    },
    {
      name: 'tags can be set, replaced, removed and listed for several checks at once',
      source: 'API reference, ChangeTagsForResource, ListTagsForResources',
      async run({ route53 }, unique) {
        const ids = [await create(route53, `${unique}1`), await create(route53, `${unique}2`)]
        const [first = '', second = ''] = ids
        await route53.send(
          new ChangeTagsForResourceCommand({
            ResourceType: 'healthcheck',
            ResourceId: first,
            AddTags: [
              { Key: 'stage', Value: 'a' },
              { Key: 'old', Value: 'x' },
            ],
          }),
        )
        await route53.send(
          new ChangeTagsForResourceCommand({
            ResourceType: 'healthcheck',
            ResourceId: first,
            AddTags: [{ Key: 'stage', Value: 'b' }],
            RemoveTagKeys: ['old'],
          }),
        )
        await route53.send(
          new ChangeTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: second, AddTags: [{ Key: 'stage', Value: 'c' }] }),
        )
        const { ResourceTagSet } = await route53.send(new ListTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: first }))
        expect(ResourceTagSet?.Tags).toEqual([{ Key: 'stage', Value: 'b' }])
        const { ResourceTagSets = [] } = await route53.send(
          new ListTagsForResourcesCommand({ ResourceType: 'healthcheck', ResourceIds: ids }),
        )
        expect(ResourceTagSets.map(({ ResourceId, Tags }) => [ResourceId, Tags?.[0]?.Value])).toEqual([
          [first, 'b'],
          [second, 'c'],
        ])
      },
    },
    {
      name: 'a deleted health check is gone',
      source: 'API reference, DeleteHealthCheck, NoSuchHealthCheck',
      async run({ route53 }, unique) {
        const HealthCheckId = await create(route53, unique)
        await route53.send(new DeleteHealthCheckCommand({ HealthCheckId }))
        await expectFault('NoSuchHealthCheck', route53.send(new GetHealthCheckCommand({ HealthCheckId })))
      },
    },
  ],
}
