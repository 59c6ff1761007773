// Sends one request of a client over a kept connection and tells whether it was served.
import { Agent, request as httpRequest } from 'node:http'
import { CLIENT_HEADER, SENT_AT_HEADER } from '#local/clouds/cloud-server.ts'

/** Patience of a client in seconds of the clock; never less than 3 s of real time, so that a slow computer does not look like an outage. */
const PATIENCE_SECONDS = 30
const LEAST_PATIENCE_MILLIS = 3000
const MOST_CONNECTIONS = 256

export type SendRequest = (port: number, hostname: string, sentAtSeconds: number, rate: number, client: string) => Promise<boolean>

export function createRequestSender(): { readonly send: SendRequest; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS, scheduling: 'fifo' })

  function attempt(port: number, hostname: string, sentAt: number, rate: number, client: string, isRetry: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const request = httpRequest({
        host: '127.0.0.1',
        port,
        path: '/',
        agent,
        headers: { host: hostname, [SENT_AT_HEADER]: sentAt.toFixed(4), [CLIENT_HEADER]: client },
      })
      request.setTimeout(Math.max(LEAST_PATIENCE_MILLIS, (PATIENCE_SECONDS * 1000) / rate), () => request.destroy())
      request.on('response', (response) => {
        response.resume()
        resolve((response.statusCode ?? 0) < 500)
      })
      request.on('error', () => {
        // A kept connection may have been closed by the other side just now; clients try once more on a new one (RFC 9112, 9.3.1).
        if (request.reusedSocket && !isRetry) resolve(attempt(port, hostname, sentAt, rate, client, true))
        else resolve(false)
      })
      request.end()
    })
  }

  return {
    send: (port, hostname, sentAt, rate, client) => attempt(port, hostname, sentAt, rate, client, false),
    close: () => agent.destroy(),
  }
}
