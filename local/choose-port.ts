// Decides which port to open: the one that was asked for, or the usual one if it is free, else any.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** A port that was asked for is taken as it is: that it is in use is then an error of whoever opens it. */
export async function choosePort(wanted: number | undefined, usual: number, isUdpToo = false): Promise<number> {
  if (wanted !== undefined) return wanted
  const isFree = (await isTcpFree(usual)) && (!isUdpToo || (await isUdpFree(usual)))
  return isFree ? usual : 0
}

function isTcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => {
      socket.close()
      resolve(false)
    })
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })
}
