// Switches functions off as an operator would: no concurrency, so that every invocation is throttled.
import type { CloudAssembly } from './cloud-assembly.ts'
import type { ResourceDeclaration } from './template.ts'

/** @param endings of function names, such as `rebalance`. @throws RangeError when no function has such a name */
export function switchOff(assembly: CloudAssembly, endings: readonly string[]): CloudAssembly {
  const names = assembly.stacks.flatMap(({ template }) => Object.values(template.Resources).flatMap(functionNameOf))
  const unknown = endings.find((ending) => !names.some((name) => isNamed(name, ending)))
  if (unknown !== undefined) throw new RangeError(`no function ${unknown}; the functions are ${names.join(', ')}`)
  const change = (resource: ResourceDeclaration): ResourceDeclaration =>
    functionNameOf(resource).some((name) => endings.some((ending) => isNamed(name, ending)))
      ? { ...resource, Properties: { ...resource.Properties, ReservedConcurrentExecutions: 0 } }
      : resource
  const stacks = assembly.stacks.map((stack) => {
    const resources = Object.entries(stack.template.Resources).map(([id, resource]) => [id, change(resource)] as const)
    return { ...stack, template: { ...stack.template, Resources: Object.fromEntries(resources) } }
  })
  return { ...assembly, stacks }
}

const isNamed = (name: string, ending: string): boolean => name === ending || name.endsWith(`-${ending}`)

function functionNameOf({ Type, Properties }: ResourceDeclaration): string[] {
  const { FunctionName } = Properties
  return Type === 'AWS::Lambda::Function' && typeof FunctionName === 'string' ? [FunctionName] : []
}
