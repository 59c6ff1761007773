// Documentation addresses, names and aliases lead to loopback ports, and nothing else leads anywhere.
import { expect, it } from 'vitest'
import { createAddressBook } from '#local/world/address-book.ts'
import type { Address, Provider } from '#model/provider.ts'

const aProvider = (name: string, address: Address): Provider => ({
  name,
  rating: 10,
  endpoints: [{ name: 'main', address }],
  healthCheck: { protocol: 'HTTP', intervalSeconds: 10, failureThreshold: 3 },
  signals: {} as Provider['signals'],
})

const book = createAddressBook(
  [
    aProvider('aws', { alias: { dnsName: 'lb.elb.amazonaws.com', hostedZoneId: 'Z1', evaluateTargetHealth: false }, ipv6: true }),
    aProvider('hetzner', { ipv4: '198.51.100.10', ipv6: '2001:db8:0:0:0:0:0:10' }),
    aProvider('ovh', { cname: 'ingress.example.net' }),
  ],
  (provider) => ({ aws: 1001, hetzner: 1002, ovh: 1003 })[provider] ?? 0,
)

it.each([
  ['198.51.100.10', 1002],
  ['2001:db8::10', 1002],
  ['2001:DB8:0:0::10', 1002],
  ['ingress.example.net.', 1003],
  ['203.0.113.1', 1001],
  ['192.0.2.99', undefined],
])('%s leads to %s', (address, port) => {
  expect(book.find(address)?.port).toBe(port)
})

it('an alias to an AWS resource has an address of each family, and they lead to its provider', () => {
  const addresses = ['A', 'AAAA'].flatMap((type) => book.aliasAddresses('lb.elb.amazonaws.com', type))
  expect(addresses.map((address) => book.find(address)?.provider)).toEqual(['aws', 'aws'])
  expect([book.aliasAddresses('lb.elb.amazonaws.com', 'TXT'), book.aliasAddresses('other.test', 'A')]).toEqual([[], []])
})

it('the endpoint of a version leads to the door of that version', () => {
  const of = { service: 'media', version: '1.0.9' }
  const provider = aProvider('aws', { ipv4: '192.0.2.10' })
  const withVersion = { ...provider, endpoints: [...provider.endpoints, { name: 'v2', address: { ipv4: '192.0.2.11' }, of }] }
  const own = createAddressBook([withVersion], (_, version) => (version === undefined ? 1001 : 2001))
  expect([own.find('192.0.2.10')?.port, own.find('192.0.2.11')]).toEqual([1001, { provider: 'aws', endpoint: 'v2', port: 2001, of }])
})
