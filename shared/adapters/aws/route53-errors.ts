// What Route 53 means when a change is not accepted.

/** After the SDK's own retries these say: not now. (Route 53 API reference, ChangeResourceRecordSets and "Quotas".) */
const NOT_NOW = new Set(['Throttling', 'ThrottlingException', 'PriorRequestNotComplete', 'TooManyRequestsException'])

/**
 * The messages of a batch that was refused because it did not fit what stands; undefined for any other error.
 *
 * The refusal reaches the SDK in three shapes: `<Error><Code>InvalidChangeBatch` with a message, the same with `<Messages>`
 * (the message is then "UnknownError"), and the documented `<InvalidChangeBatch><Messages>` body, whose name arrives as "Unknown".
 */
export function refusedBatchMessages(error: unknown): string[] | undefined {
  if (!(error instanceof Error)) return undefined
  const messages = messagesOf(error)
  const isNamed = error.name === 'InvalidChangeBatch' || error.message.startsWith('InvalidChangeBatch')
  const isNameless = (error.name === 'Unknown' || error.name === 'UnknownError') && messages.length > 0
  if (!isNamed && !isNameless) return undefined
  if (messages.length > 0) return messages
  return /UnknownError/.test(error.message) ? [] : [error.message]
}

export function throttleMessage(error: unknown): string | undefined {
  return error instanceof Error && NOT_NOW.has(error.name) ? `${error.name}: ${error.message}` : undefined
}

function messagesOf(error: Error): string[] {
  const { messages, Messages } = error as { messages?: unknown; Messages?: unknown }
  return flatten(messages ?? Messages)
}

/** The texts stand in a list, in `{Message: …}`, or alone, depending on the shape of the body. */
function flatten(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(flatten)
  if (typeof value === 'object' && value !== null && 'Message' in value) return flatten(value.Message)
  return []
}
