// Who runs functions: the in-process AWS speaks Lambda's wire and knows which functions exist; a host runs their bundles.

export type InvocationType = 'RequestResponse' | 'Event'

export type Invocation = {
  readonly functionName: string
  /** The JSON text of the event. */
  readonly payload: string
  readonly type: InvocationType
}

export type InvocationOutcome = {
  /** The JSON text of the answer, or of Lambda's error object. */
  readonly payload: string
  /** `Unhandled` when the function failed, threw or timed out. */
  readonly functionError?: string | undefined
  /** The last 4 KB of the log, as plain text. */
  readonly logTail?: string | undefined
}

export interface FunctionHost {
  /** For `Event` it settles as soon as the event is queued; what becomes of it is the host's matter. Rejects only on a defect of the host. */
  invoke(invocation: Invocation): Promise<InvocationOutcome>
}

/** What GetFunction and ListFunctions answer of a function. */
export type FunctionConfiguration = {
  readonly functionName: string
  readonly arn: string
  readonly roleArn: string
  readonly runtime?: string
  readonly handler?: string
  readonly timeoutSeconds?: number
  readonly memoryMegabytes?: number
  readonly environment?: Readonly<Record<string, string>>
}

export interface FunctionRegistry {
  /** Replaces a function of the same name. */
  register(configuration: FunctionConfiguration): void
  list(): FunctionConfiguration[]
  /** Until a host is given, an invocation answers ServiceException. */
  setHost(host: FunctionHost): void
}
