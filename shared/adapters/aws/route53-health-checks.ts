// The health checks of a stage, found by their tags.
import {
  DeleteHealthCheckCommand,
  ListHealthChecksCommand,
  ListTagsForResourcesCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53'
import type { HealthCheckCatalog, ListedHealthCheck } from '#ports/health-check-catalog.ts'

/** ListTagsForResources: at most 10 resources a call (Route 53 API reference). */
const RESOURCES_PER_CALL = 10

export function route53HealthChecks(client: Route53Client): HealthCheckCatalog {
  return {
    list: async (stage) => {
      const ids = await everyId(client)
      const listed: ListedHealthCheck[] = []
      for (let start = 0; start < ids.length; start += RESOURCES_PER_CALL) {
        const { ResourceTagSets = [] } = await client.send(
          new ListTagsForResourcesCommand({ ResourceType: 'healthcheck', ResourceIds: ids.slice(start, start + RESOURCES_PER_CALL) }),
        )
        for (const { ResourceId, Tags = [] } of ResourceTagSets) {
          const tags = new Map(Tags.map(({ Key, Value }) => [Key, Value ?? '']))
          const provider = tags.get('sluice:provider')
          const endpoint = tags.get('sluice:endpoint')
          if (ResourceId === undefined || provider === undefined || endpoint === undefined || tags.get('sluice:stage') !== stage) continue
          listed.push({ id: ResourceId, provider, endpoint })
        }
      }
      return listed
    },
    remove: async (id) => {
      await client.send(new DeleteHealthCheckCommand({ HealthCheckId: id }))
    },
  }
}

async function everyId(client: Route53Client): Promise<string[]> {
  const ids: string[] = []
  let Marker: string | undefined
  do {
    const page: import('@aws-sdk/client-route-53').ListHealthChecksCommandOutput = await client.send(
      new ListHealthChecksCommand({ Marker }),
    )
    ids.push(...(page.HealthChecks ?? []).flatMap(({ Id }) => (Id === undefined ? [] : [Id])))
    Marker = page.IsTruncated ? page.NextMarker : undefined
  } while (Marker !== undefined)
  return ids
}
