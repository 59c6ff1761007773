// An event that cannot be understood: the place, the value seen, what is allowed there, and the mend.
import * as z from 'zod'
import { formatPath, formatValue, problemLine } from '#config/problem.ts'
import { schemaFindings } from '#config/schema-findings.ts'
import type { SchemaNode } from '#config/schema-node.ts'

/** Thrown before anything is read or written. The message has one line for each objection. */
export class BadEvent extends Error {
  // Set explicitly: a minifier renames classes, and callers match on the name.
  override readonly name = 'BadEvent'
}

/** @returns the parsed event @throws BadEvent when it does not pass the schema */
export function parseWith<T>(schema: z.ZodType<T>, event: unknown): T {
  const parsed = schema.safeParse(event)
  if (parsed.success) return parsed.data
  const node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode
  const findings = schemaFindings(parsed.error.issues, { schema: node, document: event, whole: 'the event', show: shown })
  // No cause: the logger would print it whole, and with it what an event may carry.
  throw new BadEvent(findings.map((finding) => problemLine(formatPath(['event', ...finding.path]), finding)).join('\n'))
}

/** Short enough for a log line; of an object only its keys, because it may carry what no log should hold. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return formatValue(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  const keys = Object.keys(value)
  return keys.length === 0 ? 'an empty map' : formatValue(`a map with ${keys.join(', ')}`).slice(1, -1)
}
