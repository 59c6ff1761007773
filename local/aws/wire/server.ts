// The one HTTP endpoint: reads a request, finds the service in the scope of its signature, and sends the answer with the clock's own Date.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Clock } from '#ports/clock.ts'
import { readScope } from './authorization-scope.ts'
import { jsonFault } from './json-protocol.ts'
import type { WireResponse, WireService } from './message.ts'
import { ServiceFault } from './service-fault.ts'
import { buildXml } from './xml.ts'

/** 16 MiB: more than any operation of the closed list takes (DynamoDB's BatchWriteItem). */
const MAX_BODY_BYTES = 16 * 1024 * 1024

export type EndpointOptions = { readonly clock: Clock; readonly port: number; readonly services: readonly WireService[] }
export type Endpoint = { readonly url: string; readonly port: number; close(): Promise<void> }

/** Listens on loopback only. `port` 0 takes a free one. Rejects with the server's own error (EADDRINUSE, …). */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const services = new Map(options.services.map((service) => [service.scope, service]))
  const server = createServer((request, response) => {
    answer(request, services)
      .catch((error: unknown) => unreadable(error, request.headers))
      .then((answered) => send(response, answered, options.clock))
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(request: IncomingMessage, services: ReadonlyMap<string, WireService>): Promise<WireResponse> {
  const body = await readBody(request)
  if (body === undefined)
    return plainFault(413, 'RequestEntityTooLarge', `A request body has at most ${MAX_BODY_BYTES} bytes.`, request.headers)
  const scope = readScope(request.headers.authorization)
  // A common error of every service: a request without a signature.
  if (scope === undefined) return plainFault(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token', request.headers)
  const service = services.get(scope.service)
  if (service === undefined) {
    const known = [...services.keys()].join(', ')
    const target = request.headers['x-amz-target'] ?? `${request.method} ${request.url}`
    return plainFault(
      501,
      'NotImplemented',
      `The in-process AWS does not implement ${scope.service}:${target}. Its services are ${known}.`,
      request.headers,
    )
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  return service.respond({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    ...scope,
  })
}

/** Undefined when it is larger than allowed. Clients compress large PutMetricData bodies (Content-Encoding: gzip). */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES }) : body
}

/** A body that does not unpack, a path that is none: the request is at fault. Services answer for what breaks within them. */
function unreadable(error: unknown, headers: IncomingHttpHeaders): WireResponse {
  return plainFault(400, 'SerializationException', `The request cannot be read: ${error instanceof Error ? error.message : error}`, headers)
}

/** For requests that never reach a service: in JSON for those who speak it, else in the XML that the Query and REST-XML clients read. */
function plainFault(status: number, code: string, message: string, headers: IncomingHttpHeaders = {}): WireResponse {
  const isJson = headers['x-amz-target'] !== undefined || String(headers['content-type']).includes('json')
  if (isJson) return jsonFault(new ServiceFault(code, message, status), '1.0')
  const content = { Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }, RequestId: crypto.randomUUID() }
  return { status, headers: { 'content-type': 'text/xml' }, body: buildXml('ErrorResponse', content, 'https://docs.aws.amazon.com/') }
}

/** The Date header must be the clock's: SDKs compare it with their own time and, if it differs, sign and retry by the difference. */
function send(response: ServerResponse, answered: WireResponse, clock: Clock): void {
  response.sendDate = false
  response.writeHead(answered.status, {
    'x-amzn-requestid': crypto.randomUUID(),
    ...answered.headers,
    date: new Date(clock.nowSeconds() * 1000).toUTCString(),
    'content-length': Buffer.byteLength(answered.body),
  })
  response.end(answered.body)
}
