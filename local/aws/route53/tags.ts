// Tags of health checks and hosted zones.
// Source: API reference, ChangeTagsForResource.
import { ServiceFault } from '../wire/service-fault.ts'

export type Tags = {
  change(resource: string, add: ReadonlyMap<string, string>, removeKeys: readonly string[]): void
  of(resource: string): ReadonlyMap<string, string>
  forget(resource: string): void
}

export function createTags(): Tags {
  const tags = new Map<string, Map<string, string>>()
  return {
    change(resource, add, removeKeys) {
      const merged = new Map(tags.get(resource))
      for (const key of removeKeys) merged.delete(key)
      for (const [key, value] of add) {
        if (key.length < 1 || key.length > 128) throw new ServiceFault('InvalidInput', `Tag key '${key}': 1 to 128 characters`)
        if (value.length > 256) throw new ServiceFault('InvalidInput', `Tag value of '${key}': at most 256 characters`)
        merged.set(key, value)
      }
      // "You can add a maximum of 10 tags to a health check or a hosted zone."
      if (merged.size > 10) throw new ServiceFault('InvalidInput', `Tags per resource: at most 10, seen ${merged.size}`)
      tags.set(resource, merged)
    },
    of: (resource) => tags.get(resource) ?? new Map(),
    forget: (resource) => void tags.delete(resource),
  }
}
