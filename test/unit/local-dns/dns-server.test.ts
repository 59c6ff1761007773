// The name server on the wire: both transports, the codes, a text longer than one string holds.
import DNS from 'dns2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsServer, startDnsServer } from '#local/dns/dns-server.ts'
import { aPlane, aRecordSet } from './a-record-set.ts'

const LONG = 'x'.repeat(300)
const plane = aPlane([aRecordSet(), aRecordSet({ name: 'long.example.test', type: 'TXT', values: [`"${LONG}"`] })])
let server: DnsServer

beforeAll(async () => {
  server = await startDnsServer({ plane, random: Math.random, aliasAddresses: () => [], port: 0 })
})
afterAll(() => server.close())

const clients = [
  ['UDP', (name: string, type: string) => DNS.UDPClient({ dns: '127.0.0.1', port: server.port })(name, type)],
  ['TCP', (name: string, type: string) => DNS.TCPClient({ dns: '127.0.0.1', port: server.port })(name, type)],
] as const

describe.each(clients)('over %s', (_transport, ask) => {
  it('an address is answered with its TTL', async () => {
    const packet = await ask('media.example.test', 'A')
    expect(packet.answers.map(({ address, ttl }) => ({ address, ttl }))).toEqual([{ address: '192.0.2.1', ttl: 60 }])
    expect(packet.header.aa).toBe(1)
  })

  it('a text longer than 255 octets arrives whole, in two strings', async () => {
    const packet = await ask('long.example.test', 'TXT')
    const data = packet.answers[0]?.data
    expect(Array.isArray(data) ? data.map((part) => part.length) : data).toEqual([255, 45])
  })

  it('an unknown name gets NXDOMAIN', async () => {
    const packet = await ask('nobody.example.test', 'A')
    expect(packet.header.rcode).toBe(DNS.Packet.RCODE.NXDOMAIN)
  })
})

it('a port in use is an error that says how to choose another', async () => {
  const again = startDnsServer({ plane, random: Math.random, aliasAddresses: () => [], port: server.port })
  await expect(again).rejects.toMatchObject({ name: 'DnsPortTaken', message: expect.stringContaining('--dns-port') })
})
