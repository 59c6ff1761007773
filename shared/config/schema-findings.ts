// Turns what a schema objects to into findings a person can act on: of a file, a story, an event or an action of the page.
import type * as z from 'zod'
import { allowedValues } from './allowed-values.ts'
import { fitting } from './fitting.ts'
import { nearestWord } from './nearest-word.ts'
import { type Finding, formatPath, formatValue, type PathPart } from './problem.ts'
import { keysOf, type SchemaNode, schemaAt, valueAt } from './schema-node.ts'

export type Examined = {
  /** The JSON Schema of what may be written. */
  readonly schema: SchemaNode
  /** What was parsed. */
  readonly document: unknown
  /** What the document is called in a sentence. @default the file */
  readonly whole?: string
  /** How a value is shown. @default as JSON, cut at 120 characters */
  readonly show?: (value: unknown) => string
}

/** One finding for each issue; several for an issue that names several keys. */
export function schemaFindings(issues: readonly z.core.$ZodIssue[], { schema, document, whole, show = formatValue }: Examined): Finding[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    const value = valueAt(document, path)
    const seen = show(value)
    const node = schemaAt(path, schema, document)
    const allowed = node === undefined ? issue.message : allowedValues(node)
    if (value === undefined && path.length > 0) {
      const mend = `Add ${path.at(-1)} to ${formatPath(path.slice(0, -1)) || (whole ?? 'the file')}.`
      return [{ code: 'missing', path, seen, allowed: ruleOf(node, allowed), mend }]
    }
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => unknownKey(path, key, (node && keysOf(node, value)) ?? []))
      case 'invalid_key': {
        const [first] = issue.issues
        const name = path.at(-1)
        const better = first?.code === 'invalid_format' ? fitting(name, first.pattern) : undefined
        const mend = `Rename ${formatValue(name)}${better === undefined ? '' : ` to ${better}`}.`
        return [{ code: 'name', path, seen: show(name), allowed: first?.message ?? issue.message, mend }]
      }
      case 'invalid_type':
        return [{ code: 'type', path, seen, allowed, mend: `Write ${allowed}.` }]
      case 'custom':
        return [{ code: 'rule', path, seen, allowed: issue.message, mend: `Write ${issue.message}.` }]
      case 'invalid_format': {
        const described = ['ipv4', 'ipv6', 'datetime'].includes(issue.format) ? allowed : issue.message
        // Of a union zod may name only the alternative that came nearest.
        const rule = [...constantsOf(node).map((one) => JSON.stringify(one)), described].join(' or ')
        return [{ code: 'format', path, seen, allowed: rule, mend: `Write ${fitting(value, issue.pattern) ?? rule}.` }]
      }
      case 'invalid_union': {
        const constants = constantsOf(node)
        const rule = constants.length > 1 ? allowed : ruleOfUnion(issue, allowed)
        const near = typeof value === 'string' ? nearestWord(value, constants) : undefined
        return [{ code: 'value', path, seen, allowed: rule, mend: near === undefined ? `Use ${rule}.` : `Did you mean ${near}?` }]
      }
      case 'invalid_value': {
        const near = nearestWord(String(value), issue.values.map(String))
        return [{ code: 'value', path, seen, allowed, mend: near === undefined ? `Use ${allowed}.` : `Did you mean ${near}?` }]
      }
      default:
        return [{ code: 'value', path, seen, allowed, mend: `Use ${allowed}.` }]
    }
  })
}

/** What each alternative asks for; a pattern is described by its message. */
function ruleOfUnion(issue: z.core.$ZodIssueInvalidUnion, allowed: string): string {
  if (issue.discriminator !== undefined) return allowed
  const rules = issue.errors.flatMap(([first]) => {
    if (first?.path.length !== 0) return []
    return first.code === 'invalid_value' ? first.values.map((value) => JSON.stringify(value)) : first.message
  })
  return rules.length === issue.errors.length ? rules.join(' or ') : allowed
}

function constantsOf(node: SchemaNode | undefined): string[] {
  return (node?.anyOf ?? node?.oneOf ?? []).flatMap((one) => (one.const === undefined ? [] : String(one.const)))
}

function unknownKey(path: readonly PathPart[], key: string, known: readonly string[]): Finding {
  const near = nearestWord(key, known)
  return {
    code: 'unknown-key',
    path: [...path, key],
    seen: `the key ${JSON.stringify(key)}`,
    allowed: known.length === 0 ? 'no keys' : `the keys ${known.join(', ')}`,
    mend: near === undefined ? `Remove ${key}.` : `Did you mean ${near}?`,
  }
}

/** A missing text with a pattern is better described by its description than by "text". */
function ruleOf(node: SchemaNode | undefined, allowed: string): string {
  return node?.description === undefined ? allowed : `${allowed}: ${node.description}`
}
