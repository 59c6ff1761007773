// Serves the page on loopback.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { pageApp } from './page-app.ts'
import { loadPageAssets } from './page-assets.ts'
import type { PageSource } from './page-source.ts'

export type Page = { readonly url: string; close(): Promise<void> }

/** Port 0 lets the system choose. Throws `PagePortTaken` when the port is in use. */
export async function startPage(source: PageSource, port: number): Promise<Page> {
  const app = pageApp(source, await loadPageAssets())
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address: AddressInfo) =>
      resolve({ url: `http://127.0.0.1:${address.port}/`, close: () => shut(server) }),
    ) as Server
    server.once('error', (cause) => reject(portTaken(port, cause)))
  })
}

function shut(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  return closed
}

function portTaken(port: number, cause: Error): Error {
  const error = new Error(`page port ${port} on 127.0.0.1 cannot be opened: ${cause.message}; choose another with --port`, { cause })
  error.name = 'PagePortTaken'
  return error
}
