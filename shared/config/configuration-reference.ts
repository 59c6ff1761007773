// The reference of sluice.yaml as Markdown, made from the schema: docs/configuration.md.
import { allowedValues } from './allowed-values.ts'
import { fileSchema } from './file-schema.ts'
import type { SchemaNode } from './schema-node.ts'

const INTRODUCTION = `# sluice.yaml

This page is generated from the schema (\`npm run docs\`); a test fails when it is not up to date. A complete file with comments stands in
\`examples/aws-hetzner/\`. Editors complete and check the file with \`schema/sluice.schema.json\`: begin it with

    # yaml-language-server: $schema=schema/sluice.schema.json

The file is the owner of the configuration. A deployment writes it to Parameter Store, and what has to change without one is an override
(\`docs/operations.md\`). Beyond the tables below it is checked that TTLs lie inside the bounds of the policy, that every endpoint behind a
hostname has the same record types, that no CNAME stands beside addresses or at the apex of a zone, that each hostname lies in a zone and
names providers that exist, that bounds on shares can add up to one, and that addresses can be reached from the internet.
`

/** The whole page, ending in a line break. */
export function configurationReference(schema: SchemaNode = fileSchema()): string {
  return `${[INTRODUCTION, ...sections('', schema)].join('\n').trimEnd()}\n`
}

/** One table for each map with fixed keys, in the order of the file. */
function sections(path: string, node: SchemaNode): string[] {
  if (node.oneOf !== undefined) return node.oneOf.flatMap((one) => sections(`${path}${kindOf(one)}`, one))
  const objects = objectsOf(node)
  if (objects.length === 0) return inner(path, node)
  const object = objects.length === 1 ? objects[0] : oneOfTheirKeys(objects)
  const rows = Object.entries(object?.properties ?? {}).map(([key, value]) => row(key, value, object?.required?.includes(key) ?? false))
  const title = path === '' ? 'The file' : `\`${path}\``
  const choice = objects.length === 1 ? [] : ['', 'One of these keys, and no other beside it:']
  const lines = [`## ${title}`, ...choice, '', '| key | allowed | default | meaning |', '|---|---|---|---|', ...rows, '']
  const children = Object.entries(object?.properties ?? {}).filter(([, value]) => isObject(value) || value.items !== undefined)
  // Keys that all take the same map, such as the signals, share one table.
  const isUniform = children.length > 1 && new Set(children.map(([, value]) => JSON.stringify({ ...value, description: '' }))).size === 1
  const shown = isUniform ? children.slice(0, 1).map(([, value]) => ['<any>', value] as const) : children
  return [...lines, ...shown.flatMap(([key, value]) => sections(path === '' ? key : `${path}.${key}`, value))]
}

/** Alternatives are told apart by a key that is constant in each. */
function kindOf({ properties = {} }: SchemaNode): string {
  const found = Object.entries(properties).find(([, { const: constant }]) => constant !== undefined)
  return found === undefined ? '' : ` with ${found[0]}: ${found[1].const}`
}

/** Descends through maps of names and lists to the next map with fixed keys. */
function inner(path: string, node: SchemaNode): string[] {
  for (const one of node.anyOf ?? [node]) {
    if (typeof one.additionalProperties === 'object' && one.propertyNames !== undefined && isObject(one.additionalProperties)) {
      return sections(`${path}.<name>`, one.additionalProperties)
    }
    if (one.items !== undefined) return sections(`${path}[]`, one.items)
  }
  return []
}

function row(key: string, node: SchemaNode, isRequired: boolean): string {
  const fallback = isRequired
    ? 'required'
    : node.default === undefined
      ? ''
      : isObject(node) && JSON.stringify(node.default) === '{}'
        ? ''
        : `\`${JSON.stringify(node.default)}\``
  const allowed = isObject(node)
    ? node.additionalProperties === false || node.anyOf
      ? `a map, see below${node.anyOf?.some(({ type }) => type === 'null') ? ', or null' : ''}`
      : 'a map of names'
    : allowedValues(node)
  return `| \`${key}\` | ${cell(allowed)} | ${fallback} | ${cell(node.description ?? '')} |`
}

function isObject(node: SchemaNode): boolean {
  return (node.anyOf ?? [node]).some(({ type }) => type === 'object')
}

/** More than one where the map is one of several. */
function objectsOf(node: SchemaNode): readonly SchemaNode[] {
  return (node.anyOf ?? [node]).filter(({ properties }) => properties !== undefined)
}

/** The keys of all alternatives in one table; each is required in its own alternative, and so none is. */
function oneOfTheirKeys(alternatives: readonly SchemaNode[]): SchemaNode {
  return { properties: Object.assign({}, ...alternatives.map(({ properties }) => properties)) }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
