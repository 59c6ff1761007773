// An error that a service answers on purpose: its code, its sentence, its HTTP status. The protocol of the service puts it into words.

export class ServiceFault extends Error {
  override readonly name = 'ServiceFault'
  readonly code: string
  readonly status: number
  /** Further members of the error's shape, such as `Item` of a ConditionalCheckFailedException. */
  readonly fields: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.fields = fields
  }
}

/** The closed list ends here: the operation exists at AWS, not in this program. 501 is not retried by the SDKs. */
export function notImplemented(service: string, operation: string): ServiceFault {
  return new ServiceFault(
    'NotImplemented',
    `The in-process AWS does not implement ${service}:${operation}. Its closed list of operations stands in local/aws/README.md.`,
    501,
  )
}

/** A fault thrown by the code of an operation, or what an unforeseen error becomes: 500, with its message, so that it is seen. */
export function asFault(error: unknown): ServiceFault {
  if (error instanceof ServiceFault) return error
  console.error('in-process AWS: an operation broke', error)
  return new ServiceFault('InternalFailure', error instanceof Error ? error.message : String(error), 500)
}
