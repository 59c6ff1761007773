// console.log and its relatives as Lambda's Node runtime writes them: with time, request and level, as text or as JSON.
// Source: Lambda developer guide, "Log and monitor Node.js Lambda functions" and "Configuring JSON and plain text log formats".
import { format } from 'node:util'

const LEVELS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const
const RANKS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

export interface LambdaConsole {
  /** Names the request whose lines follow; during the initialisation there is none. */
  begin(requestId: string): void
}

/** Changes the global console of this thread. Consoles that libraries make for themselves stay as they are, as in Lambda. */
export function installLambdaConsole(logFormat: string | undefined, logLevel = 'INFO'): LambdaConsole {
  let requestId: string | undefined
  const isJson = logFormat === 'JSON'
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method as keyof typeof LEVELS] = (...values: unknown[]): void => {
      // Levels are filtered in the JSON format only.
      if (isJson && RANKS.indexOf(level) < RANKS.indexOf(logLevel)) return
      const timestamp = new Date().toISOString()
      const line = isJson
        ? JSON.stringify({ timestamp, level, requestId, message: messageOf(values), ...errorOf(values) })
        : // A line break would end the log event: Lambda writes a carriage return instead.
          `${timestamp}\t${requestId}\t${level}\t${format(...values).replaceAll('\n', '\r')}`
      process.stdout.write(`${line}\n`)
    }
  }
  return {
    begin(id) {
      requestId = id
    },
  }
}

/** A single object stays an object, so that it can be searched. */
function messageOf(values: readonly unknown[]): unknown {
  const [only] = values
  const isObject = values.length === 1 && typeof only === 'object' && only !== null && !(only instanceof Error)
  return isObject ? only : format(...values)
}

function errorOf(values: readonly unknown[]): Record<string, unknown> {
  const error = values.find((value) => value instanceof Error)
  if (error === undefined) return {}
  return { errorType: error.name, errorMessage: error.message, stackTrace: error.stack?.split('\n') }
}
