// Tells what the controller would not or could not write, from its own log: a refusal and a deferral leave no record anywhere else.
import * as z from 'zod'
import type { LogLine } from '#local/lambda/sinks.ts'
import type { Story } from './snapshot.ts'

const Warning = z.object({ level: z.literal('WARN'), message: z.string(), code: z.string(), guard: z.string().optional() })

/** A refusal names its guard; a deferral has one of these codes. */
const DEFERRED = ['throttled', 'out-of-time']

/** Each sentence is told once: a refusal stands in the log again every minute. */
export function createLogStories(): (line: LogLine) => Story | undefined {
  const told = new Set<string>()
  return ({ text, atSeconds }) => {
    // Most lines are metrics and reports of the runtime.
    if (!text.includes('"WARN"')) return undefined
    const warning = Warning.safeParse(parseJson(text)).data
    if (warning === undefined || told.has(warning.message)) return undefined
    const { message, code, guard } = warning
    if (guard === undefined && !DEFERRED.includes(code)) return undefined
    told.add(message)
    return { at: atSeconds, kind: guard === undefined ? 'notice' : 'refused', sentence: message, code }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
