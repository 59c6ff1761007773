// All endpoints behind a hostname need the same record types: A and AAAA are independent draws, and CNAME stands alone.
import { type Finding, formatPath } from '../problem.ts'
import { providersOf } from '../providers-of.ts'
import type { SluiceFile } from '../sluice-file.ts'
import { zoneOf } from '../zone-of.ts'
import { recordTypesOf, targetNameOf } from './endpoint-facts.ts'

export function recordTypeFindings(file: SluiceFile): Finding[] {
  const reported = new Set<string>()
  return Object.keys(file.hostnames)
    .flatMap((hostname) => [...apexFindings(file, hostname), ...loopFindings(file, hostname), ...typeFindings(file, hostname)])
    .filter(({ code, path }) => {
      // Several hostnames on one endpoint would tell the same thing again.
      const key = `${code} ${formatPath(path)}`
      return !reported.has(key) && reported.add(key)
    })
}

function endpointsOf(file: SluiceFile, hostname: string) {
  return providersOf(file, hostname).flatMap((provider) =>
    (file.providers[provider]?.endpoints ?? []).map((endpoint, index) => ({
      path: ['providers', provider, 'endpoints', index],
      label: `${provider}/${endpoint.name}`,
      types: recordTypesOf(endpoint),
      endpoint,
    })),
  )
}

function typeFindings(file: SluiceFile, hostname: string): Finding[] {
  const endpoints = endpointsOf(file, hostname)
  const cnames = endpoints.filter(({ types }) => types.includes('CNAME'))
  const others = endpoints.filter(({ types }) => types.length > 0 && !types.includes('CNAME'))
  if (cnames.length > 0 && others.length > 0) {
    // RFC 1034, 3.6.2: if a CNAME is present at a node, no other data may be.
    return cnames.map(({ path, label }) => ({
      code: 'cname-beside-address',
      path: [...path, 'cname'],
      seen: `a CNAME at ${label}, beside addresses at ${others.map((one) => one.label).join(', ')} (${hostname})`,
      allowed: 'CNAME at every endpoint of a hostname, or at none',
      mend: 'Give this endpoint ipv4/ipv6 addresses, or the others a cname.',
    }))
  }
  return (['A', 'AAAA'] as const).flatMap((type) => {
    const having = others.filter(({ types }) => types.includes(type))
    if (having.length === 0) return []
    return others
      .filter(({ types }) => !types.includes(type))
      .map(({ path, label }) => ({
        code: 'missing-record-type',
        path,
        seen: `no ${type} at ${label}, but at ${having.map((one) => one.label).join(', ')} (${hostname})`,
        allowed: `${type} at every endpoint of a hostname, or at none: clients that ask for ${type} would all go to the others`,
        mend: `Add ${type === 'A' ? 'ipv4' : 'ipv6'} here, or remove it at the others.`,
      }))
  })
}

function apexFindings(file: SluiceFile, hostname: string): Finding[] {
  if (zoneOf(hostname, Object.keys(file.zones)) !== hostname) return []
  return endpointsOf(file, hostname)
    .filter(({ types }) => types.includes('CNAME'))
    .map(({ path, label }) => ({
      code: 'cname-at-apex',
      path: [...path, 'cname'],
      seen: `a CNAME at ${label} for ${hostname}, which is the apex of its zone`,
      allowed: 'addresses or an alias at the apex: SOA and NS stand there, and nothing stands beside a CNAME',
      mend: 'Give the endpoint ipv4/ipv6 or an alias, or use a hostname below the apex.',
    }))
}

function loopFindings(file: SluiceFile, hostname: string): Finding[] {
  return endpointsOf(file, hostname)
    .filter(({ endpoint }) => targetNameOf(endpoint) === hostname)
    .map(({ path, label, types }) => ({
      code: 'points-to-itself',
      path: [...path, types.includes('CNAME') ? 'cname' : 'alias'],
      seen: `${label} points to ${hostname}, which it serves`,
      allowed: "the provider's own name",
      mend: 'Name the ingress of the provider.',
    }))
}
