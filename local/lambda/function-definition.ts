// A function as its template describes it, as far as that shapes an execution.

/** The role a function runs as; its access key is how the in-process AWS knows the caller. */
export interface FunctionRole {
  readonly arn: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** `AWS::Lambda::Function`. */
export interface FunctionDefinition {
  readonly functionName: string
  readonly functionArn: string
  /** `file.export`, such as `index.handler`. */
  readonly handler: string
  readonly runtime: string
  /** The folder that would be uploaded. */
  readonly taskRoot: string
  readonly environment: Readonly<Record<string, string>>
  readonly memoryMegabytes: number
  readonly timeoutSeconds: number
  /** Invocations at one time; more are throttled. Undefined: as many as come, within the account's limit of 1,000. */
  readonly reservedConcurrency?: number | undefined
  readonly logGroup: string
  /** `JSON` makes lines of `console` objects, as `LoggingConfig` of the template says. */
  readonly logFormat: 'Text' | 'JSON'
  /** What `console` lines must reach in the JSON format. @default INFO */
  readonly logLevel?: string | undefined
  /** `DeadLetterConfig`: a queue that gets an event that was given up. */
  readonly deadLetterArn?: string | undefined
  readonly role: FunctionRole
}

/** `AWS::Lambda::EventInvokeConfig`: how often and how long an event is tried. */
export interface AsyncPolicy {
  readonly maximumRetryAttempts: number
  readonly maximumEventAgeSeconds: number
  /** A queue that gets a record of the failed invocation. */
  readonly onFailureArn?: string | undefined
}

/** Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation": two retries, six hours. */
export const DEFAULT_ASYNC_POLICY: AsyncPolicy = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 }
