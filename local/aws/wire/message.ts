// A request and a response of an AWS service, apart from HTTP: the body unpacked, the caller and the service taken from the signature's scope.
import type { IncomingHttpHeaders } from 'node:http'

export type WireRequest = {
  readonly method: string
  /** Percent-encoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Service name of the signature's scope: route53, monitoring, ssm, … */
  readonly service: string
  readonly region: string
  readonly accessKeyId: string
}

export type WireResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** One AWS service behind the endpoint. It answers its own faults in its own format; it only throws on a defect of this program. */
export interface WireService {
  /** The service name in the scope of the signature. */
  readonly scope: string
  respond(request: WireRequest): Promise<WireResponse>
}
