// What the Lambda service of the in-process AWS, rule targets and the deployer know of functions.

/** The role a function runs as; its access key is how the in-process AWS knows the caller. */
export interface FunctionRole {
  readonly arn: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** `AWS::Lambda::Function` as far as it shapes an execution. */
export interface FunctionDefinition {
  readonly functionName: string
  readonly functionArn: string
  /** `file.export`, such as `index.handler`. */
  readonly handler: string
  /** Folder that would be uploaded. */
  readonly taskRoot: string
  readonly environment: Readonly<Record<string, string>>
  /** @default 128 */
  readonly memoryMegabytes: number
  /** @default 3 */
  readonly timeoutSeconds: number
  readonly reservedConcurrency?: number | undefined
  readonly runtime: string
  readonly role: FunctionRole
}

/** `AWS::Lambda::EventInvokeConfig`: what happens to an asynchronous invocation that fails. */
export interface AsyncPolicy {
  /** @default 2 */
  readonly maximumRetryAttempts: number
  /** @default 21600 */
  readonly maximumEventAgeSeconds: number
  /** Where an event goes that was given up: an SQS queue's ARN, as a failure destination or as the function's dead-letter queue. */
  readonly onFailureArn?: string | undefined
  readonly deadLetterArn?: string | undefined
}

export type InvokeOutcome =
  /** The function ran; `functionError` is set when it failed, and the payload then holds `{errorType, errorMessage, trace}`. */
  | {
      readonly kind: 'answered'
      readonly requestId: string
      /** JSON text. */
      readonly payload: string
      readonly functionError?: 'Unhandled'
      readonly executedVersion: '$LATEST'
      /** The last 4 KB of the log of this invocation, for `LogType: Tail`. */
      readonly logTail: string
    }
  | { readonly kind: 'throttled'; readonly message: string }
  | { readonly kind: 'notFound'; readonly message: string }
  /** The payload is not JSON (`InvalidRequestContentException`) or too large (`RequestTooLargeException`). */
  | { readonly kind: 'invalid'; readonly code: 'InvalidRequestContentException' | 'RequestTooLargeException'; readonly message: string }

/** Names a function: its name, its ARN (also with a qualifier), or the partial ARN `123456789012:function:name`. */
export type FunctionReference = string

export interface FunctionRegistry {
  find(reference: FunctionReference): FunctionDefinition | undefined
  list(): readonly FunctionDefinition[]
  /** `RequestResponse`: settles when the function answered, failed or timed out. Never rejects because of what the function does. */
  invoke(reference: FunctionReference, payload: string): Promise<InvokeOutcome>
  /** `Event`: accepts at once and runs later, with the function's retries, maximum age and dead-letter queue. @returns the request id, or why not */
  invokeAsync(
    reference: FunctionReference,
    payload: string,
  ): { readonly kind: 'accepted'; readonly requestId: string } | Exclude<InvokeOutcome, { kind: 'answered' }>
}
