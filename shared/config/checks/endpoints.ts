// Each endpoint says how it is reached in one way, under a name and at an address of its own.
import { canonicalAddress } from '../canonical-address.ts'
import { type Finding, formatValue, type PathPart } from '../problem.ts'
import type { EndpointInFile, SluiceFile } from '../sluice-file.ts'
import { whyNotPublic } from './public-address.ts'

export function endpointFindings(file: SluiceFile): Finding[] {
  const findings: Finding[] = []
  const placeOfAddress = new Map<string, string>()
  for (const [provider, { endpoints }] of Object.entries(file.providers)) {
    const names = new Set<string>()
    for (const [index, endpoint] of endpoints.entries()) {
      const path = ['providers', provider, 'endpoints', index]
      if (names.has(endpoint.name)) findings.push(repeatedName(path, provider, endpoint.name))
      names.add(endpoint.name)
      findings.push(...wayFindings(path, endpoint))
      for (const [key, address] of addressesOf(endpoint)) {
        const place = placeOfAddress.get(canonicalAddress(address))
        if (place !== undefined) findings.push(repeatedAddress([...path, key], address, place))
        else placeOfAddress.set(canonicalAddress(address), `${provider}/${endpoint.name}`)
        const why = whyNotPublic(address)
        if (why !== undefined) findings.push(notPublic([...path, key], address, why))
      }
    }
  }
  return findings
}

function wayFindings(path: readonly PathPart[], endpoint: EndpointInFile): Finding[] {
  const ways = [
    ...(endpoint.ipv4 === undefined && endpoint.ipv6 === undefined ? [] : ['ipv4/ipv6']),
    ...(endpoint.cname === undefined ? [] : ['cname']),
    ...(endpoint.alias === undefined ? [] : ['alias']),
  ]
  if (ways.length === 1) return []
  return [
    {
      code: 'endpoint-address',
      path,
      seen: ways.length === 0 ? `endpoint ${endpoint.name} without an address` : `${ways.join(' and ')} at endpoint ${endpoint.name}`,
      allowed: 'exactly one of: ipv4 and/or ipv6, cname, alias',
      mend: ways.length === 0 ? 'Add ipv4, ipv6, cname or alias.' : 'Keep one, or make two endpoints of it.',
    },
  ]
}

function addressesOf({ ipv4, ipv6 }: EndpointInFile): [string, string][] {
  return [
    ...(ipv4 === undefined ? [] : [['ipv4', ipv4] as [string, string]]),
    ...(ipv6 === undefined ? [] : [['ipv6', ipv6] as [string, string]]),
  ]
}

function repeatedName(path: readonly PathPart[], provider: string, name: string): Finding {
  return {
    code: 'repeated-set-identifier',
    path: [...path, 'name'],
    seen: `a second endpoint ${formatValue(name)} at ${provider}: both would have the set identifier sluice:<hostname>:${provider}:${name}`,
    allowed: 'one endpoint per name and provider',
    mend: `Give one of the two another name, such as ${name}-2.`,
  }
}

function repeatedAddress(path: readonly PathPart[], address: string, place: string): Finding {
  return {
    code: 'repeated-address',
    path,
    seen: `${address}, which is also the address of ${place}`,
    allowed: 'each address at one endpoint: a second one would double its share',
    mend: 'Correct the address or remove one of the endpoints.',
  }
}

function notPublic(path: readonly PathPart[], address: string, why: string): Finding {
  return {
    code: 'address-not-public',
    path,
    seen: `${address} (${why})`,
    allowed: 'an address that the health checkers of Route 53 reach over the internet',
    mend: 'Use the public address of the ingress.',
  }
}
