// The doors of one simulated cloud: its ingress, and one for each version that has an endpoint of its own.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Longer than any pause between two requests of a client, in real time, so that a connection is not closed while it is being reused. */
const KEEP_ALIVE_MILLIS = 120_000

export interface Listener {
  /** The same as long as it lives, also when it was shut meanwhile. */
  readonly port: number
  /** Opens or shuts; a shut one refuses connections. */
  setOpen(isOpen: boolean): Promise<void>
}

export async function startListener(handle: RequestListener): Promise<Listener> {
  let server = await open(handle, 0)
  const { port } = server.address() as AddressInfo
  return {
    port,
    async setOpen(isOpen) {
      if (isOpen === server.listening) return
      if (isOpen) server = await open(handle, port)
      else await shut(server)
    },
  }
}

function open(handle: RequestListener, port: number): Promise<Server> {
  const opened = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLIS }, handle)
  return new Promise((resolve, reject) => {
    opened.once('error', reject)
    opened.listen(port, '127.0.0.1', () => resolve(opened))
  })
}

async function shut(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
