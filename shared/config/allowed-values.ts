// Says in words what a node of the schema takes: for messages and for the reference.
import type { SchemaNode } from './schema-node.ts'

const FORMATS: Readonly<Record<string, string>> = {
  ipv4: 'an IPv4 address such as 192.0.2.10',
  ipv6: 'an IPv6 address such as 2001:db8::10',
  'date-time': 'a time such as 2026-01-31T12:00:00Z',
}

/** A phrase such as `a whole number from 1 to 10` or `one of "HTTP", "HTTPS", "TCP"`. */
export function allowedValues(node: SchemaNode): string {
  const alternatives = node.anyOf ?? node.oneOf
  if (alternatives !== undefined) {
    const constants = alternatives.filter((one) => one.const !== undefined)
    if (constants.length === alternatives.length) return oneOf(constants.map((one) => one.const))
    return [...new Set(alternatives.map(allowedValues))].join(' or ')
  }
  if (node.const !== undefined) return JSON.stringify(node.const)
  if (node.enum !== undefined) return oneOf(node.enum)
  switch (node.type) {
    case 'number':
      return `a number${range(node)}`
    case 'integer':
      return `a whole number${range(node)}`
    case 'string':
      return (node.format !== undefined && FORMATS[node.format]) || text(node)
    case 'array':
      return `a list${node.minItems === undefined ? '' : ` of at least ${node.minItems}`}`
    case 'object':
      if (node.properties === undefined) return 'a map of names'
      return Object.keys(node.properties).length === 0 ? 'an empty map' : `a map with the keys ${Object.keys(node.properties).join(', ')}`
    case 'boolean':
      return 'true or false'
    case 'null':
      return 'null'
    default:
      return 'any value'
  }
}

function oneOf(values: readonly unknown[]): string {
  return `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
}

function text({ minLength = 0, maxLength }: SchemaNode): string {
  const least = minLength > 0 ? 'text that is not empty' : 'text'
  return maxLength === undefined ? least : `${least}${minLength > 0 ? ',' : ''} of at most ${maxLength} characters`
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaNode): string {
  // zod bounds every integer by what a double holds exactly; that is no rule of this file.
  const top = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  const end = top !== undefined ? ` up to ${top}` : exclusiveMaximum !== undefined ? ` and below ${exclusiveMaximum}` : ''
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}${end}`
  if (minimum !== undefined) return top === undefined ? ` of at least ${minimum}` : ` from ${minimum} to ${top}`
  return top === undefined ? '' : ` of at most ${top}`
}
