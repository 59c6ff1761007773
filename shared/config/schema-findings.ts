// Turns what the schema objects to into findings a person can act on.
import type * as z from 'zod'
import { allowedValues } from './allowed-values.ts'
import { fileSchema, keysOf, schemaAt } from './file-schema.ts'
import { nearestWord } from './nearest-word.ts'
import { type Finding, formatPath, formatValue, type PathPart } from './problem.ts'

/** One finding for each issue; several for an issue that names several keys. `document` is the value that was parsed. */
export function schemaFindings(issues: readonly z.core.$ZodIssue[], document: unknown): Finding[] {
  const schema = fileSchema()
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    const seen = formatValue(valueAt(document, path))
    const node = schemaAt(path, schema)
    const allowed = node === undefined ? issue.message : allowedValues(node)
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => unknownKey(path, key, (node && keysOf(node)) ?? []))
      case 'invalid_key': {
        const rule = issue.issues[0]?.message ?? issue.message
        return [{ code: 'name', path, seen: formatValue(path.at(-1)), allowed: rule, mend: `Rename ${formatValue(path.at(-1))}.` }]
      }
      case 'invalid_type': {
        if (valueAt(document, path) !== undefined) return [{ code: 'type', path, seen, allowed, mend: `Write ${allowed}.` }]
        const what = path.at(-1)
        return [
          {
            code: 'missing',
            path,
            seen,
            allowed: ruleOf(node, allowed),
            mend: `Add ${what} to ${formatPath(path.slice(0, -1)) || 'the file'}.`,
          },
        ]
      }
      case 'invalid_value': {
        const near = nearestWord(String(valueAt(document, path)), issue.values.map(String))
        return [{ code: 'value', path, seen, allowed, mend: near === undefined ? `Use ${allowed}.` : `Did you mean ${near}?` }]
      }
      case 'invalid_format': {
        const rule = ['ipv4', 'ipv6'].includes(issue.format) ? allowed : issue.message
        return [{ code: 'format', path, seen, allowed: rule, mend: `Write ${rule}.` }]
      }
      default:
        return [{ code: 'value', path, seen, allowed, mend: `Use ${allowed}.` }]
    }
  })
}

function unknownKey(path: readonly PathPart[], key: string, known: readonly string[]): Finding {
  const near = nearestWord(key, known)
  return {
    code: 'unknown-key',
    path: [...path, key],
    seen: `the key ${JSON.stringify(key)}`,
    allowed: `the keys ${known.join(', ')}`,
    mend: near === undefined ? `Remove ${key}.` : `Did you mean ${near}?`,
  }
}

/** A missing text with a pattern is better described by its description than by "text". */
function ruleOf(node: ReturnType<typeof schemaAt>, allowed: string): string {
  return node?.description === undefined ? allowed : `${allowed}: ${node.description}`
}

function valueAt(document: unknown, path: readonly PathPart[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PathPart, unknown> | null | undefined)?.[part], document)
}
