// Makes an account agree with a template: creates, changes in place, replaces and removes, and keeps what shall be retained.
import { dependencyOrder } from './dependency-order.ts'
import type { DeployedResource } from './deployed-resource.ts'
import type { DeploymentContext } from './deployment-context.ts'
import { evaluate } from './intrinsics.ts'
import { type PutAction, putResource, removeResource, typeOf } from './put-resource.ts'
import type { ResourceDeclaration, Template } from './template.ts'
import { namesOf, outputsOf } from './template-names.ts'

/** What a deployment left, and what the next one of the same stack starts from: by logical id, in the order of making. */
export interface DeploymentRecord {
  readonly stackName: string
  readonly resources: ReadonlyMap<string, DeployedResource>
  readonly outputs: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string>>
}

export interface DeployOptions {
  readonly template: Template
  readonly context: DeploymentContext
  /** The record of the last deployment of this stack. */
  readonly previous?: DeploymentRecord | undefined
  /** Exports of other stacks. */
  readonly imports?: Readonly<Record<string, string>>
}

export type ResourceAction = PutAction | 'removed' | 'retained'
export interface DeploymentResult {
  readonly record: DeploymentRecord
  readonly actions: ReadonlyMap<string, ResourceAction>
}

/** @throws DeploymentError naming the stack and the logical id; what was done until then stays, as the record's owner has to know */
export async function deployTemplate({ template, context, previous, imports = {} }: DeployOptions): Promise<DeploymentResult> {
  const { stackName } = context
  const before = previous?.resources ?? new Map<string, DeployedResource>()
  const made = new Map<string, DeployedResource>()
  const actions = new Map<string, ResourceAction>()
  const names = namesOf(template, context, made, imports)
  const wanted = Object.fromEntries(
    Object.entries(template.Resources).filter(
      ([id, { Condition }]) => Condition === undefined || evaluate({ Condition }, names, `${stackName}/${id}`),
    ),
  )
  for (const [logicalId, { Type }] of Object.entries(wanted)) typeOf(Type, `${stackName}/${logicalId}`)

  const superseded: DeployedResource[] = []
  for (const logicalId of dependencyOrder(stackName, wanted)) {
    const declaration = wanted[logicalId] as ResourceDeclaration
    const [resource, action] = await putResource(logicalId, declaration, before.get(logicalId), names, context)
    made.set(logicalId, resource)
    actions.set(logicalId, action)
    const old = before.get(logicalId)
    if (action === 'replaced' && old !== undefined && declaration.UpdateReplacePolicy !== 'Retain') superseded.push(old)
  }
  for (const old of superseded.toReversed()) await removeResource(stackName, old, context)
  for (const [logicalId, old] of [...before].toReversed()) {
    if (made.has(logicalId)) continue
    const isRetained = old.deletionPolicy === 'Retain'
    if (!isRetained) await removeResource(`${stackName}/${logicalId}`, old, context)
    actions.set(logicalId, isRetained ? 'retained' : 'removed')
  }
  return { record: { stackName, resources: made, ...outputsOf(template, names, stackName) }, actions }
}
