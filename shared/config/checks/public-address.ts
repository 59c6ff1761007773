// Which addresses Route 53's checkers refuse.

// Route 53 does not check local, private, nonroutable or multicast addresses (API reference, HealthCheckConfig, IPAddress: RFC 5735, 6598, 5156).
const REFUSED_IPV4: readonly (readonly [string, number, string])[] = [
  ['0.0.0.0', 8, 'this network'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'shared by carriers'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local'],
  ['172.16.0.0', 12, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['224.0.0.0', 3, 'multicast or reserved'],
]

// RFC 5737 and RFC 3849: for documentation and for the simulation, never for a real endpoint.
const DOCUMENTATION_IPV4: readonly (readonly [string, number])[] = [
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
]

/** Why the address cannot be checked from the internet; undefined when it can. */
export function whyNotPublic(address: string): string | undefined {
  if (!address.includes(':')) return REFUSED_IPV4.find(([network, bits]) => isInside(address, network, bits))?.[2]
  const lower = address.toLowerCase()
  if (lower === '::1') return 'loopback'
  if (lower === '::') return 'unspecified'
  if (/^fe[89ab]/.test(lower)) return 'link-local'
  if (/^f[cd]/.test(lower)) return 'private'
  return lower.startsWith('ff') ? 'multicast' : undefined
}

export function isDocumentationAddress(address: string): boolean {
  if (address.includes(':')) return /^2001:0?db8:/i.test(address)
  return DOCUMENTATION_IPV4.some(([network, bits]) => isInside(address, network, bits))
}

function isInside(address: string, network: string, bits: number): boolean {
  const shift = 32 - bits
  return toNumber(address) >>> shift === toNumber(network) >>> shift
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0)
}
