// Answers DNS questions over UDP and TCP on loopback from what Route 53 knows, as its name servers would.
import { createServer } from 'node:net'
import DNS from 'dns2'
import { type ResolverContext, resolveQuestion } from './resolve-question.ts'
import { wireRecord } from './wire-records.ts'

export type DnsServerOptions = ResolverContext & {
  /** 0 lets the system choose. */
  readonly port: number
}

export type DnsServer = { readonly port: number; readonly answered: () => number; close(): Promise<void> }

const { Packet } = DNS

/** Starts the server on 127.0.0.1, the same port for both transports. Throws `DnsPortTaken` when it is in use. */
export async function startDnsServer(options: DnsServerOptions): Promise<DnsServer> {
  let answered = 0
  const handle: DNS.DnsHandler = (request, send) => {
    answered += 1
    // A sender that is gone is no concern of a name server.
    Promise.resolve(send(respond(options, request))).catch(() => undefined)
  }
  const server = DNS.createServer({ udp: true, tcp: true, handle })
  const port = await listen(server, options.port)
  return { port, answered: () => answered, close: async () => void (await server.close()) }
}

function respond(options: DnsServerOptions, request: DNS.Packet): DNS.Packet {
  const response = Packet.createResponseFromRequest(request)
  response.header.aa = 1
  response.header.ra = 0
  const [question] = request.questions
  if (question === undefined) return withCode(response, Packet.RCODE.FORMERR)
  const type = Packet.typeName(question.type)
  const { code, answers, authority } = resolveQuestion(options, question.name, type)
  for (const record of answers) pushIfKnown(response.answers, wireRecord(record))
  for (const record of authority) pushIfKnown(response.authorities, wireRecord(record))
  return withCode(response, Packet.RCODE[code])
}

function pushIfKnown(section: DNS.Packet.Resource[], record: DNS.Packet.Resource | undefined): void {
  if (record !== undefined) section.push(record)
}

function withCode(response: DNS.Packet, code: number): DNS.Packet {
  response.header.rcode = code
  return response
}

async function listen(server: DNS.DnsServer, wanted: number): Promise<number> {
  const failed = new Promise<never>((_, reject) => {
    server.on('error', (cause, transport) => reject(portError(wanted, transport, cause)))
  })
  const endpoint = { port: wanted === 0 ? await freePort() : wanted, address: '127.0.0.1' }
  await Promise.race([server.listen({ udp: endpoint, tcp: endpoint }), failed])
  return endpoint.port
}

/** UDP and TCP have to share one port, which "port 0" would not give. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

function portError(port: number, transport: string, cause: Error): Error {
  const error = new Error(
    `DNS port ${port} (${transport}) on 127.0.0.1 cannot be opened: ${cause.message}; choose another with --dns-port`,
    { cause },
  )
  error.name = 'DnsPortTaken'
  return error
}
