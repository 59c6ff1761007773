// The records an operator would set by hand without a controller: weights in proportion to the ratings, each with its health check.
import type { Change } from '@aws-sdk/client-route-53'
import type { ProbeTarget } from '#local/aws/route53/data-plane.ts'
import type { Configuration } from '#model/configuration.ts'
import { endpointsFor } from '#model/endpoints-for.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { setIdentifier } from '#model/names.ts'
import type { Endpoint, Provider } from '#model/provider.ts'
import { MAX_WEIGHT } from '#model/record.ts'
import { canonical } from './address-book.ts'
import { addressOf } from './health-watch.ts'

/** One CREATE per endpoint and type of a hostname. */
export function staticRecords(configuration: Configuration, hostname: HostnamePolicy, checks: readonly ProbeTarget[]): Change[] {
  const members = configuration.providers
    .filter(({ name }) => hostname.providers.some(({ provider }) => provider === name))
    .map((provider) => ({ ...provider, endpoints: endpointsFor(hostname, provider, hostname.service?.stable) }))
  const highest = Math.max(...members.map(({ rating, endpoints }) => rating / endpoints.length))
  return members.flatMap((provider) => {
    const Weight = Math.max(1, Math.round((MAX_WEIGHT * provider.rating) / provider.endpoints.length / highest))
    return provider.endpoints.flatMap((endpoint) =>
      targetsOf(endpoint, hostname.ttlSeconds).map((target) => ({
        Action: 'CREATE' as const,
        ResourceRecordSet: {
          Name: hostname.hostname,
          SetIdentifier: setIdentifier(hostname.hostname, provider.name, endpoint.name, endpoint.of?.version),
          Weight,
          HealthCheckId: checkOf(provider, endpoint, checks),
          ...target,
        },
      })),
    )
  })
}

function targetsOf({ address }: Endpoint, TTL: number) {
  if ('cname' in address) return [{ Type: 'CNAME' as const, TTL, ResourceRecords: [{ Value: address.cname }] }]
  if ('alias' in address) {
    const { dnsName, hostedZoneId, evaluateTargetHealth } = address.alias
    const AliasTarget = { DNSName: dnsName, HostedZoneId: hostedZoneId, EvaluateTargetHealth: evaluateTargetHealth }
    return (address.ipv6 ? (['A', 'AAAA'] as const) : (['A'] as const)).map((Type) => ({ Type, AliasTarget }))
  }
  const ipv4 = 'ipv4' in address ? [{ Type: 'A' as const, TTL, ResourceRecords: [{ Value: address.ipv4 }] }] : []
  const ipv6 = address.ipv6 === undefined ? [] : [{ Type: 'AAAA' as const, TTL, ResourceRecords: [{ Value: address.ipv6 }] }]
  return [...ipv4, ...ipv6]
}

function checkOf(provider: Provider, { address }: Endpoint, checks: readonly ProbeTarget[]): string | undefined {
  const keys =
    'cname' in address
      ? [address.cname]
      : 'alias' in address
        ? [address.alias.dnsName]
        : [address.ipv6, 'ipv4' in address ? address.ipv4 : undefined]
  const wanted = keys.flatMap((key) => (key === undefined ? [] : [canonical(key)]))
  const found = checks.find((check) => wanted.includes(canonical(addressOf(check))))
  return (
    found ??
    checks.find((check) => check.fullyQualifiedDomainName !== undefined && check.fullyQualifiedDomainName === provider.healthCheck.host)
  )?.id
}
