// One check of one endpoint, as a checker of Route 53 does it: a TCP connection, or an HTTP request with its time limits.
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import type { ProbeTarget } from '#local/aws/route53/data-plane.ts'

/** Developer Guide, "How Amazon Route 53 determines whether a health check is healthy": HTTP connects within 4 s and answers within 2 s more; TCP within 10 s. */
const HTTP_SECONDS = 6
const TCP_SECONDS = 10
/** The limits are the clock's, but never less than this in real time: a slow computer must not look like an outage. */
const LEAST_MILLIS = 1500
/** The documentation says a string match reads the first 5,120 bytes of the body. */
const SEARCHED_BYTES = 5120

/** Checkers open a connection for every check. */
const agent = new Agent({ keepAlive: false })

/**
 * True when the endpoint passed. HTTPS is asked in plain HTTP: the simulated ingresses have no certificate, and Route 53 does not validate one anyway.
 *
 * @param port the loopback port that stands for the endpoint; undefined when nothing does, which fails the check
 * @param rate clock seconds per real second now
 */
export function probeEndpoint(target: ProbeTarget, port: number | undefined, rate: number): Promise<boolean> {
  if (port === undefined) return Promise.resolve(false)
  return target.type === 'TCP' ? probeTcp(port, limit(TCP_SECONDS, rate)) : probeHttp(target, port, limit(HTTP_SECONDS, rate))
}

function limit(seconds: number, rate: number): number {
  return Math.max(LEAST_MILLIS, (seconds * 1000) / rate)
}

function probeTcp(port: number, timeoutMillis: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: timeoutMillis })
    const finish = (hasPassed: boolean) => {
      socket.destroy()
      resolve(hasPassed)
    }
    socket.on('connect', () => finish(true))
    socket.on('timeout', () => finish(false))
    socket.on('error', () => finish(false))
  })
}

function probeHttp(target: ProbeTarget, port: number, timeoutMillis: number): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = {
      host: target.fullyQualifiedDomainName ?? target.ipAddress ?? 'localhost',
      'user-agent': 'Amazon-Route53-Health-Check-Service',
    }
    const request = httpRequest({ host: '127.0.0.1', port, path: target.resourcePath ?? '/', agent, headers, timeout: timeoutMillis })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
    request.on('response', (response) => {
      const isGoodStatus = (response.statusCode ?? 0) >= 200 && (response.statusCode ?? 0) < 400
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        if (body.length < SEARCHED_BYTES) body += chunk
      })
      response.on('end', () => resolve(isGoodStatus && hasString(target, body)))
    })
    request.end()
  })
}

function hasString(target: ProbeTarget, body: string): boolean {
  return !target.type.endsWith('_STR_MATCH') || body.slice(0, SEARCHED_BYTES).includes(target.searchString ?? '')
}
