// An event that cannot be understood: the place, the value seen, and what is allowed there.
import type * as z from 'zod'

/** Thrown before anything is read or written. The message has one line for each objection. */
export class BadEvent extends Error {
  // Set explicitly: a minifier renames classes, and callers match on the name.
  override readonly name = 'BadEvent'
}

/** @returns the parsed event @throws BadEvent when it does not pass the schema */
export function parseWith<T>(schema: z.ZodType<T>, event: unknown): T {
  const parsed = schema.safeParse(event)
  if (parsed.success) return parsed.data
  // No cause: the logger would print it whole, and with it what an event may carry.
  throw new BadEvent(parsed.error.issues.map((issue) => objection(issue, event)).join('\n'))
}

function objection(issue: z.core.$ZodIssue, event: unknown): string {
  const place = ['event', ...issue.path.map(String)].join('.')
  const seen = issue.path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    event,
  )
  return `${place}: ${issue.message}; seen ${shown(seen)}`
}

/** Short enough for a log line; of an object only its keys, because it may carry what no log should hold. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? `a list of ${value.length}` : `an object with ${Object.keys(value).join(', ')}`
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}
