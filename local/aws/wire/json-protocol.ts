// AWS JSON 1.0 and 1.1: the operation stands in X-Amz-Target, errors carry `__type`. Timestamps are epoch seconds.
// Source: Smithy, "AWS JSON 1.0 / 1.1 protocol".

import { checkedMembers } from './member-shapes.ts'
import type { WireRequest, WireResponse, WireService } from './message.ts'
import { type Gate, type Operations, perform } from './operation.ts'
import { asFault, notImplemented, ServiceFault } from './service-fault.ts'

export type JsonServiceOptions = {
  readonly scope: string
  readonly targetPrefix: string
  readonly version: '1.0' | '1.1'
  readonly operations: Operations
  readonly gate: Gate
  readonly denialCode?: string
  /** For services with Smithy's awsQueryCompatible trait: the code of the older protocol, where it differs from the error's name. */
  readonly queryCodes?: Readonly<Record<string, string>>
}

export function jsonService(options: JsonServiceOptions): WireService {
  return { scope: options.scope, respond: (request) => respond(options, request) }
}

async function respond(options: JsonServiceOptions, request: WireRequest): Promise<WireResponse> {
  try {
    const [prefix, name = ''] = String(request.headers['x-amz-target'] ?? '').split('.')
    const operation = prefix === options.targetPrefix ? options.operations[name] : undefined
    if (operation === undefined) throw notImplemented(options.scope, name === '' ? `${request.method} ${request.path}` : name)
    const denialCode = options.denialCode ?? 'AccessDeniedException'
    const input = checkedMembers(parseJson(request.body))
    const output = await perform(options.gate, name, operation, input, request, denialCode)
    return jsonResponse(200, output ?? {}, options.version)
  } catch (error) {
    const fault = asFault(error)
    return jsonFault(fault, options.version, options.queryCodes && (options.queryCodes[fault.code] ?? fault.code))
  }
}

export function parseJson(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new ServiceFault('SerializationException', `The request body is not JSON: ${(error as Error).message}`)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ServiceFault('SerializationException', 'The request body is a JSON object, and this is none')
  }
  return value as Record<string, unknown>
}

export function jsonResponse(status: number, output: unknown, version: '1.0' | '1.1', headers: Record<string, string> = {}): WireResponse {
  return { status, headers: { 'content-type': `application/x-amz-json-${version}`, ...headers }, body: JSON.stringify(epochDates(output)) }
}

/** With `queryCode` the header of the awsQueryCompatible trait is added, from which clients made for the older protocol take the code. */
export function jsonFault(fault: ServiceFault, version: '1.0' | '1.1', queryCode?: string): WireResponse {
  const side = fault.status < 500 ? 'Sender' : 'Receiver'
  const headers = { 'x-amzn-errortype': fault.code, ...(queryCode === undefined ? {} : { 'x-amzn-query-error': `${queryCode};${side}` }) }
  return jsonResponse(fault.status, { __type: fault.code, message: fault.message, ...fault.fields }, version, headers)
}

/** Operations give timestamps as Date; JSON wants epoch seconds. */
function epochDates(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000
  if (Array.isArray(value)) return value.map(epochDates)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, epochDates(member)]))
}
