// Knows which loopback port stands for each documentation address, so that checks and clients reach the simulated clouds by the addresses in the records.
import type { ServedVersion } from '#local/clouds/cloud-spec.ts'
import type { Provider } from '#model/provider.ts'

/** Where a simulated ingress really listens. */
export type Destination = {
  readonly provider: string
  readonly endpoint: string
  readonly port: number
  readonly of?: ServedVersion | undefined
}

export interface AddressBook {
  /** The destination of an address, or of a name an endpoint is reached by; undefined when no simulated cloud has it: nothing is sent anywhere then. */
  find(addressOrName: string): Destination | undefined
  /** Addresses of an AWS resource that an alias names. */
  aliasAddresses(dnsName: string, type: string): readonly string[]
  /** All entries, for workers. */
  readonly entries: Readonly<Record<string, Destination>>
}

/** Aliases get addresses of their own from these documentation ranges (RFC 5737 and RFC 3849). */
const ALIAS_IPV4 = '203.0.113.'
const ALIAS_IPV6 = '2001:db8:a11a::'

/** @param portOf the loopback port of a provider's simulated ingress, or of a version there */
export function createAddressBook(providers: readonly Provider[], portOf: (provider: string, of?: ServedVersion) => number): AddressBook {
  const entries: Record<string, Destination> = {}
  const aliases = new Map<string, { A: string; AAAA: string }>()
  for (const provider of providers) {
    for (const { name, address, of } of provider.endpoints) {
      const destination = { provider: provider.name, endpoint: name, port: portOf(provider.name, of), ...(of === undefined ? {} : { of }) }
      if ('alias' in address) {
        const known = aliases.get(address.alias.dnsName) ?? aliasPair(aliases.size + 1)
        aliases.set(address.alias.dnsName, known)
        for (const key of [known.A, known.AAAA, address.alias.dnsName]) entries[canonical(key)] = destination
      } else if ('cname' in address) entries[canonical(address.cname)] = destination
      else for (const key of [address.ipv6, 'ipv4' in address ? address.ipv4 : undefined]) if (key) entries[canonical(key)] = destination
    }
  }
  return {
    entries,
    find: (key) => entries[canonical(key)],
    aliasAddresses(dnsName, type) {
      const pair = aliases.get(dnsName)
      if (pair === undefined || (type !== 'A' && type !== 'AAAA')) return []
      return [pair[type]]
    },
  }
}

/** One spelling per address: lower case, no final dot, IPv6 as the URL parser shortens it. */
export function canonical(key: string): string {
  const lower = key.toLowerCase().replace(/\.$/, '')
  if (!lower.includes(':')) return lower
  return URL.canParse(`http://[${lower}]`) ? new URL(`http://[${lower}]`).hostname.slice(1, -1) : lower
}

function aliasPair(number: number): { A: string; AAAA: string } {
  return { A: `${ALIAS_IPV4}${number}`, AAAA: `${ALIAS_IPV6}${number.toString(16)}` }
}
