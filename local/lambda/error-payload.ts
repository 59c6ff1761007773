// A failed invocation as Lambda answers it: `{errorType, errorMessage, trace}`.
// Source: Lambda developer guide, "Understanding retry behavior" and "Node.js function errors"; the names Runtime.* and Sandbox.* are those of its logs.

export interface ErrorPayload {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace: readonly string[]
}

/** What the runtime makes of a thrown value, which need not be an Error. */
export function toErrorPayload(thrown: unknown, errorType?: string): ErrorPayload {
  if (thrown instanceof Error) {
    return { errorType: errorType ?? thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
  }
  return { errorType: errorType ?? typeof thrown, errorMessage: String(thrown), trace: [] }
}

/** The service's own words when the environment ends without an answer: they carry the request, and no trace. */
export function sandboxError(errorType: string, requestId: string, what: string): Omit<ErrorPayload, 'trace'> {
  return { errorType, errorMessage: `RequestId: ${requestId} Error: ${what}` }
}
