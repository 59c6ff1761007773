// The settings of an endpoint's health check, as Route 53 takes them.
import type { CfnHealthCheck } from 'aws-cdk-lib/aws-route53'
import type { Endpoint, HealthCheck } from '#model/provider.ts'

const DEFAULT_PORT = { HTTP: 80, HTTPS: 443 } as const

/**
 * An endpoint with addresses is checked at its address (IPv4 if it has one; A and AAAA share the check), one without at its name.
 * With an address, `host` is what the checkers send as Host and, for HTTPS, as server name (API reference, HealthCheckConfig).
 */
export function healthCheckSettings(endpoint: Endpoint, check: HealthCheck): CfnHealthCheck.HealthCheckConfigProperty {
  const { address } = endpoint
  const common = { requestInterval: check.intervalSeconds, failureThreshold: check.failureThreshold }
  const name = 'cname' in address ? address.cname : 'alias' in address ? address.alias.dnsName : undefined
  const ip = 'ipv4' in address ? address.ipv4 : name === undefined && 'ipv6' in address ? address.ipv6 : undefined
  const target = {
    ...(ip === undefined ? {} : { ipAddress: String(ip) }),
    ...(name === undefined ? {} : { fullyQualifiedDomainName: name }),
  }
  if (check.protocol === 'TCP') return { type: 'TCP', ...target, ...common, ...(check.port === undefined ? {} : { port: check.port }) }
  return {
    type: check.protocol,
    ...target,
    ...(check.host === undefined ? {} : { fullyQualifiedDomainName: check.host }),
    port: check.port ?? DEFAULT_PORT[check.protocol],
    resourcePath: check.path ?? '/',
    ...(check.protocol === 'HTTPS' ? { enableSni: true } : {}),
    ...common,
  }
}
