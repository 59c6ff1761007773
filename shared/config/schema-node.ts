// A node of a JSON Schema, and which node describes a place: for messages that say what is allowed there.
import type { PathPart } from './problem.ts'

/** The part of JSON Schema that zod writes for the schemas of this project. */
export type SchemaNode = {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly additionalProperties?: SchemaNode | boolean
  readonly propertyNames?: SchemaNode
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
  /** What zod writes for a discriminated union. */
  readonly oneOf?: readonly SchemaNode[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minItems?: number
  readonly minLength?: number
  readonly maxLength?: number
}

/**
 * The node that describes the value at `path`; undefined where the schema knows no such place. Of alternatives the one counts that `document`
 * means by its constant keys; where it means none, all of them together.
 */
export function schemaAt(path: readonly PathPart[], node: SchemaNode, document?: unknown): SchemaNode | undefined {
  const [part, ...rest] = path
  if (part === undefined) return node
  const inner = valueAt(document, [part])
  const found = meant(node, document, part).flatMap((candidate) => {
    const child = typeof part === 'number' ? candidate.items : (candidate.properties?.[part] ?? asNode(candidate.additionalProperties))
    return (child && schemaAt(rest, child, inner)) ?? []
  })
  const different = [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
  return different.length > 1 ? { anyOf: different } : different[0]
}

/** The keys an object at this node may have, or undefined when it takes any. */
export function keysOf(node: SchemaNode, document?: unknown): readonly string[] | undefined {
  const objects = meant(node, document).flatMap(({ properties }) => (properties === undefined ? [] : Object.keys(properties)))
  return objects.length === 0 ? undefined : [...new Set(objects)]
}

export function valueAt(document: unknown, path: readonly PathPart[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PathPart, unknown> | null | undefined)?.[part], document)
}

/** The constant at `place` itself says nothing: it may be what is wrong. */
function meant(node: SchemaNode, document: unknown, place?: PathPart): readonly SchemaNode[] {
  const all = node.oneOf ?? node.anyOf ?? [node]
  const fitting = all.filter(({ properties = {} }) => {
    const constants = Object.entries(properties).filter(([key, one]) => one.const !== undefined && key !== place)
    return constants.every(([key, one]) => valueAt(document, [key]) === one.const)
  })
  return fitting.length > 0 ? fitting : all
}

function asNode(value: SchemaNode | boolean | undefined): SchemaNode | undefined {
  return typeof value === 'object' ? value : undefined
}
