// The order in which the resources of a template are made: each after those it refers to.
import { DeploymentError } from './deployment-error.ts'
import type { ResourceDeclaration } from './template.ts'

/** Logical ids, each after its dependencies; those without an order between them as the template lists them. @throws DeploymentError on a circle */
export function dependencyOrder(stackName: string, resources: Readonly<Record<string, ResourceDeclaration>>): string[] {
  const done = new Set<string>()
  const path: string[] = []

  function visit(logicalId: string): void {
    if (done.has(logicalId)) return
    if (path.includes(logicalId)) {
      throw new DeploymentError(stackName, `circular dependency: ${[...path.slice(path.indexOf(logicalId)), logicalId].join(' → ')}`)
    }
    const resource = resources[logicalId]
    if (resource === undefined) return
    path.push(logicalId)
    for (const name of [...resource.DependsOn, ...referencesOf(resource.Properties)]) visit(name)
    path.pop()
    done.add(logicalId)
  }
  for (const logicalId of Object.keys(resources)) visit(logicalId)
  return [...done]
}

/** Every name a value refers to; names that are no resources are left to the caller. */
export function referencesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === 'Ref' && typeof item === 'string') return [item]
    if (key === 'Fn::GetAtt') return [Array.isArray(item) ? String(item[0]) : (String(item).split('.')[0] ?? '')]
    if (key === 'Fn::Sub') {
      const pattern = String(Array.isArray(item) ? item[0] : item)
      const names = [...pattern.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map((match) => match[1] ?? '')
      return [...names, ...referencesOf(Array.isArray(item) ? item[1] : undefined)]
    }
    return referencesOf(item)
  })
}
