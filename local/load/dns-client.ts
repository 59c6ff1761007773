// Asks the local name server by UDP on one socket, matching answers to questions by their id.
import { createSocket } from 'node:dgram'
import DNS from 'dns2'
import type { AskDns } from './resolver-pool.ts'

const { Packet } = DNS
/** Real time: loopback answers in a millisecond, so this is a lost packet or a very busy computer. */
const TIMEOUT_MILLIS = 700
const ATTEMPTS = 4
/** More questions at once than the socket of a busy server has room for would be lost. */
const AT_ONCE = 64

export type DnsClient = { readonly ask: AskDns; close(): void }

export function createDnsClient(port: number): DnsClient {
  const socket = createSocket('udp4')
  const waiting = new Map<number, (packet: DNS.Packet) => void>()
  let lastId = 0
  socket.on('message', (data) => {
    const packet = Packet.parse(data)
    waiting.get(packet.header.id)?.(packet)
  })
  // An ICMP refusal, for instance while the server starts; the question's own time-out reports it.
  socket.on('error', () => undefined)

  const askOnce: AskDns = (name, type) =>
    new Promise((resolve, reject) => {
      lastId = (lastId + 1) % 65_536
      const id = lastId
      const timer = setTimeout(() => {
        waiting.delete(id)
        reject(new Error(`no answer for ${name} ${type} from 127.0.0.1:${port} within ${TIMEOUT_MILLIS} ms`))
      }, TIMEOUT_MILLIS)
      waiting.set(id, (packet) => {
        waiting.delete(id)
        clearTimeout(timer)
        resolve(answerOf(packet, Packet.TYPE[type]))
      })
      const query = new Packet()
      query.header.id = id
      query.questions.push(new Packet.Question({ name, type: Packet.TYPE[type], class: Packet.CLASS.IN }))
      socket.send(query.toBuffer(), port, '127.0.0.1')
    })
  let free = AT_ONCE
  const inLine: (() => void)[] = []
  const enter = () => (free > 0 ? Promise.resolve(void free--) : new Promise<void>((resolve) => inLine.push(resolve)))
  const leave = () => {
    const next = inLine.shift()
    if (next === undefined) free += 1
    else next()
  }

  async function attempt(name: string, type: 'A' | 'AAAA', attemptsLeft: number): ReturnType<AskDns> {
    try {
      return await askOnce(name, type)
    } catch (error) {
      if (attemptsLeft <= 1) throw error
      return attempt(name, type, attemptsLeft - 1)
    }
  }

  const ask: AskDns = async (name, type) => {
    await enter()
    try {
      return await attempt(name, type, ATTEMPTS)
    } finally {
      leave()
    }
  }
  return { ask, close: () => socket.close() }
}

/** Addresses; or, when the chain leaves our zones, the last name of it: the address book knows where that leads. */
function answerOf(packet: DNS.Packet, type: number): { values: string[]; ttlSeconds: number } {
  const direct = packet.answers.filter((record) => record.type === type)
  const chosen = direct.length > 0 ? direct : packet.answers.filter((record) => record.type === Packet.TYPE.CNAME).slice(-1)
  const ttlSeconds = Math.min(...packet.answers.map((record) => record.ttl))
  const values = chosen.flatMap((record) => record.address ?? record.domain ?? [])
  return { values, ttlSeconds: Number.isFinite(ttlSeconds) ? ttlSeconds : 0 }
}
