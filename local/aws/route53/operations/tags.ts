// ChangeTagsForResource, ListTagsForResource, ListTagsForResources.
import { ServiceFault } from '../../wire/service-fault.ts'
import { arnOf, bareId, type RestInput, type RestOperation } from '../rest-operation.ts'
import type { Route53State } from '../state.ts'

type ResourceType = 'healthcheck' | 'hostedzone'

export function tagOperations(state: Route53State): Readonly<Record<string, RestOperation>> {
  return {
    ChangeTagsForResource: {
      permissions: ({ path }) => permission('ChangeTagsForResource', typeOf(path), [bareId(path[1])]),
      run: ({ path, body }) => {
        const resource = existing(state, typeOf(path), bareId(path[1]))
        const add = ((body.AddTags as { Tag?: { Key?: string; Value?: string }[] } | undefined)?.Tag ?? []).map(
          ({ Key, Value }) => [String(Key ?? ''), String(Value ?? '')] as const,
        )
        state.tags.change(resource, new Map(add), (body.RemoveTagKeys as { Key?: string[] } | undefined)?.Key ?? [])
        return { content: {} }
      },
    },
    ListTagsForResource: {
      permissions: ({ path }) => permission('ListTagsForResource', typeOf(path), [bareId(path[1])]),
      run: ({ path }) => ({ content: { ResourceTagSet: tagSet(state, typeOf(path), bareId(path[1])) } }),
    },
    ListTagsForResources: {
      permissions: ({ path, body }) => permission('ListTagsForResources', typeOf(path), idsOf(body)),
      run: ({ path, body }) => ({
        content: { ResourceTagSets: { ResourceTagSet: idsOf(body).map((id) => tagSet(state, typeOf(path), id)) } },
      }),
    },
  }
}

/** ListTagsForResources is authorised on each of its resources. */
function permission(action: string, type: ResourceType, ids: readonly string[]) {
  return ids.map((id) => ({ action: `route53:${action}`, resource: arnOf(type, id) }))
}

function typeOf(path: RestInput['path']): ResourceType {
  const type = path[0]
  if (type === 'healthcheck' || type === 'hostedzone') return type
  throw new ServiceFault('InvalidInput', `ResourceType: healthcheck or hostedzone, seen '${type}'`)
}

/** ResourceIds: at least 1, at most 10. */
function idsOf(body: RestInput['body']): string[] {
  const ids = (body.ResourceIds as { ResourceId?: string[] } | undefined)?.ResourceId ?? []
  if (ids.length < 1 || ids.length > 10) throw new ServiceFault('InvalidInput', `ResourceIds: 1 to 10, seen ${ids.length}`)
  return ids.map(bareId)
}

function existing(state: Route53State, type: ResourceType, id: string): string {
  if (type === 'healthcheck') state.healthChecks.get(id)
  else state.zones.get(id)
  return `${type}/${id}`
}

function tagSet(state: Route53State, type: ResourceType, id: string): Record<string, unknown> {
  const tags = [...state.tags.of(existing(state, type, id))].map(([Key, Value]) => ({ Key, Value }))
  return { ResourceType: type, ResourceId: id, Tags: { Tag: tags } }
}
