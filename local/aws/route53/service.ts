// Route 53 on the wire: REST-XML in, the operation, XML out.
// Source: Smithy, "AWS restXml protocol"; API reference, "Common errors".
import type { WireRequest, WireResponse, WireService } from '../wire/message.ts'
import { type Gate, perform } from '../wire/operation.ts'
import { asFault, notImplemented, type ServiceFault } from '../wire/service-fault.ts'
import { buildXml, parseXml } from '../wire/xml.ts'
import type { InvalidChangeBatchShape } from './access.ts'
import { healthCheckOperations } from './operations/health-checks.ts'
import { hostedZoneOperations } from './operations/hosted-zones.ts'
import { recordSetOperations } from './operations/record-sets.ts'
import { tagOperations } from './operations/tags.ts'
import { createRequestBucket } from './request-bucket.ts'
import type { RestOperation, RestOutput } from './rest-operation.ts'
import { findRoute } from './routes.ts'
import type { Route53State } from './state.ts'

const NAMESPACE = 'https://route53.amazonaws.com/doc/2013-04-01/'
const LISTS = new Set([
  'Change',
  'ResourceRecord',
  'Tag',
  'ResourceId',
  'Region',
  'ChildHealthCheck',
  'ResettableElementName',
  'RemoveTagKeys.Key',
])

export function route53Service(state: Route53State, gate: Gate): WireService {
  const operations: Readonly<Record<string, RestOperation>> = {
    ...hostedZoneOperations(state),
    ...recordSetOperations(state),
    ...healthCheckOperations(state),
    ...tagOperations(state),
  }
  const bucket = createRequestBucket(state)
  /** A request that is throttled was seen all the same. */
  const throttled = (changes: number): Gate => ({
    ...gate,
    check(call, operation) {
      gate.check(call, operation)
      bucket.take(operation, changes)
    },
  })
  const respond = async (request: WireRequest): Promise<WireResponse> => {
    try {
      const route = findRoute(request.method, request.path)
      const operation = route && operations[route.operation]
      if (route === undefined || operation === undefined) throw notImplemented('route53', `${request.method} ${request.path}`)
      const root = Object.values(parseXml(request.body, LISTS))[0]
      const input = { path: route.path, query: request.query, body: root !== null && typeof root === 'object' ? root : {} }
      const gated = throttled(changeCount(input.body))
      const output = (await perform(gated, route.operation, operation, input, request, 'AccessDenied')) as RestOutput
      return xmlResponse(output.status ?? 200, buildXml(`${route.operation}Response`, output.content, NAMESPACE), output.headers)
    } catch (error) {
      return xmlFault(asFault(error), state.settings.invalidChangeBatchShape)
    }
  }
  return { scope: 'route53', respond }
}

/** How many record changes the body of a ChangeResourceRecordSets asks for; 0 for everything else. */
function changeCount(body: object): number {
  const batch = (body as { ChangeBatch?: { Changes?: { Change?: unknown } } }).ChangeBatch
  const changes = batch?.Changes?.Change
  return Array.isArray(changes) ? changes.length : 0
}

function xmlResponse(status: number, body: string, headers: Readonly<Record<string, string>> = {}): WireResponse {
  return { status, headers: { 'content-type': 'text/xml', ...headers }, body }
}

function xmlFault(fault: ServiceFault, shape: InvalidChangeBatchShape): WireResponse {
  const RequestId = crypto.randomUUID()
  const messages = fault.code === 'InvalidChangeBatch' ? { Message: fault.fields.messages } : undefined
  if (messages !== undefined && shape === 'documented') {
    return xmlResponse(fault.status, buildXml('InvalidChangeBatch', { Messages: messages, RequestId }, NAMESPACE))
  }
  const said = messages !== undefined && shape === 'messages' ? { Messages: messages } : { Message: fault.message }
  const error = { Type: fault.status < 500 ? 'Sender' : 'Receiver', Code: fault.code, ...said }
  return xmlResponse(fault.status, buildXml('ErrorResponse', { Error: error, RequestId }, NAMESPACE))
}
