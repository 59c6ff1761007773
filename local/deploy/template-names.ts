// What the names of a template stand for while it is deployed, and the outputs it gives at the end.
import type { DeployedResource } from './deployed-resource.ts'
import type { DeploymentContext } from './deployment-context.ts'
import { evaluate, type Names } from './intrinsics.ts'
import type { Template } from './template.ts'

/** @param made resources made so far; it grows while the names are used */
export function namesOf(
  template: Template,
  context: DeploymentContext,
  made: ReadonlyMap<string, DeployedResource>,
  imports: Readonly<Record<string, string>>,
): Names {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': context.accountId,
    'AWS::Partition': 'aws',
    'AWS::Region': context.region,
    'AWS::StackName': context.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${context.region}:${context.accountId}:stack/${context.stackName}/local`,
    'AWS::URLSuffix': 'amazonaws.com',
  }
  const names: Names = {
    ref(name) {
      const found = pseudo[name] ?? made.get(name)?.physicalId ?? template.Parameters[name]?.Default
      if (found !== undefined) return found
      throw new TypeError(`Ref of ${name}, which is no resource made so far, no parameter with a default and no pseudo parameter`)
    },
    attribute(logicalId, attribute) {
      const resource = made.get(logicalId)
      const value = resource?.attributes[attribute]
      if (value !== undefined) return value
      const known =
        resource === undefined ? 'no such resource' : `${resource.type} has ${Object.keys(resource.attributes).join(', ') || 'none'}`
      throw new TypeError(`attribute ${attribute} of ${logicalId} is not known: ${known}`)
    },
    condition(name) {
      if (!(name in template.Conditions)) throw new TypeError(`condition ${name} does not exist`)
      return Boolean(evaluate(template.Conditions[name], names, `${context.stackName}/Conditions/${name}`))
    },
    mapping(map, first, second) {
      const value = template.Mappings[map]?.[first]?.[second]
      if (value !== undefined) return value
      throw new TypeError(`mapping ${map} has no ${first}.${second}`)
    },
    imported(exportName) {
      const value = imports[exportName]
      if (value !== undefined) return value
      throw new TypeError(`no stack exports ${exportName}`)
    },
  }
  return names
}

/** The outputs whose condition holds, and the values other stacks can import. */
export function outputsOf(
  template: Template,
  names: Names,
  stackName: string,
): {
  readonly outputs: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string>>
} {
  const active = Object.entries(template.Outputs).filter(([, { Condition }]) => Condition === undefined || names.condition(Condition))
  const outputs = active.map(([name, { Value }]) => [name, String(evaluate(Value, names, `${stackName}/${name}`))] as const)
  const values = new Map(outputs)
  const exports = active.flatMap(([name, { Export }]) =>
    Export === undefined ? [] : [[String(evaluate(Export.Name, names, `${stackName}/${name}`)), values.get(name) ?? ''] as const],
  )
  return { outputs: Object.fromEntries(outputs), exports: Object.fromEntries(exports) }
}
