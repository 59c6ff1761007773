// The JSON Schema of sluice.yaml, for editors, for docs/configuration.md and for messages that name the allowed values.
import * as z from 'zod'
import type { PathPart } from './problem.ts'
import { SluiceFile } from './sluice-file.ts'

/** The part of JSON Schema that zod writes for this file. */
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
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minItems?: number
  readonly maxLength?: number
}

/** Draft 2020-12, of what may be written (defaults may be left out). */
export function fileSchema(): SchemaNode {
  const { $schema, ...schema } = z.toJSONSchema(SluiceFile, { io: 'input' })
  return { $schema, title: 'sluice.yaml', ...schema } as SchemaNode
}

/** The node that describes the value at `path`; undefined where the schema knows no such place. */
export function schemaAt(path: readonly PathPart[], node: SchemaNode = fileSchema()): SchemaNode | undefined {
  const [part, ...rest] = path
  if (part === undefined) return node
  for (const candidate of node.anyOf ?? [node]) {
    const child = typeof part === 'number' ? candidate.items : (candidate.properties?.[part] ?? asNode(candidate.additionalProperties))
    const found = child === undefined ? undefined : schemaAt(rest, child)
    if (found !== undefined) return found
  }
  return undefined
}

/** The keys an object at this node may have, or undefined when it takes any. */
export function keysOf(node: SchemaNode): readonly string[] | undefined {
  const objects = (node.anyOf ?? [node]).flatMap(({ properties }) => (properties === undefined ? [] : Object.keys(properties)))
  return objects.length === 0 ? undefined : objects
}

function asNode(value: SchemaNode | boolean | undefined): SchemaNode | undefined {
  return typeof value === 'object' ? value : undefined
}
