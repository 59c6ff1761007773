// One resource: decides whether it stays, is changed in place or replaced, and has its type do it.
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { DeployedResource } from './deployed-resource.ts'
import type { DeploymentContext } from './deployment-context.ts'
import { DeploymentError } from './deployment-error.ts'
import { evaluate, type Names } from './intrinsics.ts'
import type { ResourceType } from './resource-type.ts'
import { RESOURCE_TYPES } from './resource-types.ts'
import type { ResourceDeclaration } from './template.ts'

export type PutAction = 'created' | 'changed' | 'replaced' | 'unchanged'

/** @throws DeploymentError naming the resource */
export async function putResource(
  logicalId: string,
  declaration: ResourceDeclaration,
  old: DeployedResource | undefined,
  names: Names,
  context: DeploymentContext,
): Promise<[DeployedResource, PutAction]> {
  const place = `${context.stackName}/${logicalId}`
  const type = typeOf(declaration.Type, place)
  const properties = readProperties(type, evaluate(declaration.Properties, names, place), place)
  const policies = { deletionPolicy: declaration.DeletionPolicy, updateReplacePolicy: declaration.UpdateReplacePolicy }
  const isSameType = old?.type === type.type
  if (old !== undefined && isSameType && isDeepStrictEqual(old.properties, properties)) return [{ ...old, ...policies }, 'unchanged']
  const isReplaced =
    old !== undefined && (!isSameType || type.replacedBy.some((path) => !isDeepStrictEqual(at(old.properties, path), at(properties, path))))
  const replacements = (old?.replacements ?? 0) + (isReplaced ? 1 : 0)
  const existing = old === undefined || isReplaced ? undefined : old
  try {
    const generatedName = nameOf(context.stackName, logicalId, replacements)
    const { physicalId, attributes } = await type.put({ logicalId, properties, existing, generatedName }, context)
    const resource = { type: type.type, physicalId, attributes, properties, replacements, ...policies }
    return [resource, old === undefined ? 'created' : isReplaced ? 'replaced' : 'changed']
  } catch (error) {
    throw new DeploymentError(place, `${type.type} failed: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`, error)
  }
}

/** @throws DeploymentError naming the resource */
export async function removeResource(place: string, resource: DeployedResource, context: DeploymentContext): Promise<void> {
  try {
    await typeOf(resource.type, place).remove(resource, resource.properties, context)
  } catch (error) {
    throw new DeploymentError(place, `${resource.physicalId} cannot be removed: ${error instanceof Error ? error.message : error}`, error)
  }
}

/** @throws DeploymentError naming the types that are known */
export function typeOf(name: string, place: string): ResourceType {
  const type = RESOURCE_TYPES.get(name)
  if (type !== undefined) return type
  throw new DeploymentError(place, `resource type ${name} cannot be deployed here; known are ${[...RESOURCE_TYPES.keys()].join(', ')}`)
}

function readProperties(type: ResourceType, value: unknown, place: string): unknown {
  const parsed = type.properties.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'properties'}: ${message}`)
  throw new DeploymentError(place, `${type.type} with ${problems.join('; ')}`)
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)

/** `stack-LogicalId-SUFFIX`, as CloudFormation names what the template does not; here the same in every run. */
function nameOf(stackName: string, logicalId: string, replacements: number): string {
  const suffix = createHash('sha256').update(`${stackName}/${logicalId}/${replacements}`).digest('hex').slice(0, 12).toUpperCase()
  return `${`${stackName}-${logicalId}`.slice(0, 51)}-${suffix}`
}
