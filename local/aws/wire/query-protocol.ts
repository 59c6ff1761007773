// The Query protocol of SNS and STS (and of older CloudWatch clients): form fields `Action`, `A.member.1.B`, answers in XML.
// Source: Smithy, "AWS Query protocol".

import type { WireRequest, WireResponse, WireService } from './message.ts'
import { type Gate, type Operations, perform } from './operation.ts'
import { asFault, notImplemented, ServiceFault } from './service-fault.ts'
import { buildXml } from './xml.ts'

export type QueryServiceOptions = {
  readonly scope: string
  readonly namespace: string
  readonly operations: Operations
  readonly gate: Gate
}

export function queryService(options: QueryServiceOptions): WireService {
  return { scope: options.scope, respond: (request) => respond(options, request) }
}

async function respond(options: QueryServiceOptions, request: WireRequest): Promise<WireResponse> {
  try {
    const form = new URLSearchParams(request.body.toString('utf8'))
    const name = form.get('Action') ?? ''
    const operation = options.operations[name]
    if (operation === undefined) throw notImplemented(options.scope, name === '' ? `${request.method} ${request.path}` : name)
    const output = await perform(options.gate, name, operation, unflatten(form), request, 'AccessDenied')
    const body = { [`${name}Result`]: members(output ?? {}), ResponseMetadata: { RequestId: requestId() } }
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: buildXml(`${name}Response`, body, options.namespace) }
  } catch (error) {
    return queryFault(asFault(error), options.namespace)
  }
}

function queryFault(fault: ServiceFault, namespace: string): WireResponse {
  const type = fault.status < 500 ? 'Sender' : 'Receiver'
  const body = { Error: { Type: type, Code: fault.code, Message: fault.message }, RequestId: requestId() }
  return { status: fault.status, headers: { 'content-type': 'text/xml' }, body: buildXml('ErrorResponse', body, namespace) }
}

type Node = { [key: string | number]: Node | string }

/** `A.member.1.B=x` and `A.entry.1.key=x` become `{A: [{B: 'x'}]}`. */
export function unflatten(form: URLSearchParams): Record<string, unknown> {
  const root: Node = Object.create(null)
  for (const [path, value] of form) {
    if (path === 'Action' || path === 'Version') continue
    const steps = path.split('.').filter((step) => step !== 'member' && step !== 'entry')
    let place = root
    steps.forEach((step, index) => {
      const key = isIndex(step) ? Number(step) - 1 : step
      if (index === steps.length - 1) {
        place[key] = value
        return
      }
      if (typeof place[key] === 'string') throw new ServiceFault('MalformedQueryString', `${path}: ${step} has both a value and members`)
      place[key] ??= isIndex(steps[index + 1] ?? '') ? ([] as unknown as Node) : Object.create(null)
      place = place[key] as Node
    })
  }
  return root
}

/** List positions count from 1; no list of the closed list of operations is longer than 1,000. */
function isIndex(step: string): boolean {
  return /^[1-9]\d{0,3}$/.test(step)
}

/** Lists become `<X><member>…</member></X>`. */
function members(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? '' : { member: value.map(members) }
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, members(member)]))
}

function requestId(): string {
  return crypto.randomUUID()
}
