// Where the host tells what functions did: lines of their logs, and one report per invocation.
import type { ErrorPayload } from './error-payload.ts'
import type { FunctionDefinition } from './function-definition.ts'

export interface LogLine {
  readonly functionName: string
  /** Empty during the initialisation. */
  readonly requestId: string
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
  /** Epoch seconds of the clock. */
  readonly atSeconds: number
}

interface ReportBase {
  readonly functionName: string
  readonly requestId: string
  readonly atSeconds: number
}

export type InvocationReport =
  | (ReportBase & {
      readonly kind: 'ran'
      /** Milliseconds of the clock, without the initialisation. */
      readonly durationMillis: number
      readonly isCold: boolean
      readonly error: Omit<ErrorPayload, 'trace'> | undefined
    })
  | (ReportBase & { readonly kind: 'throttled' })
  /** An asynchronous event was given up. */
  | (ReportBase & { readonly kind: 'dropped'; readonly condition: 'RetriesExhausted' | 'EventAgeExceeded' })

export interface FunctionSinks {
  /** Whether the function's role may write its log stream; if not, its lines are lost, as in Lambda. */
  mayLog(definition: FunctionDefinition, logStream: string): boolean
  onLog(line: LogLine): void
  onReport(report: InvocationReport): void
  /** Sends to a queue as the function's role. @throws when the role may not, or there is no such queue */
  sendToQueue(
    definition: FunctionDefinition,
    queueArn: string,
    body: string,
    attributes: Readonly<Record<string, string>>,
  ): void | Promise<void>
}
