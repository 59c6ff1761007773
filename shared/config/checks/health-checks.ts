// The health check of a provider can be made in Route 53 and looks at that provider, not at the name that is steered.
import { type Finding, formatValue } from '../problem.ts'
import type { SluiceFile } from '../sluice-file.ts'
import { targetNameOf } from './endpoint-facts.ts'

export function healthCheckFindings(file: SluiceFile): Finding[] {
  const hostnames = Object.keys(file.hostnames)
  return Object.entries(file.providers).flatMap(([name, { healthCheck, endpoints }]) => {
    const path = ['providers', name, 'healthCheck']
    const findings: Finding[] = []
    const { protocol, port, host } = healthCheck
    if (protocol === 'TCP') {
      if (port === undefined) {
        findings.push({
          code: 'missing',
          path: [...path, 'port'],
          seen: 'nothing',
          allowed: 'a port from 1 to 65535',
          mend: 'Say which port a TCP check connects to.',
        })
      }
      for (const key of ['path', 'host'] as const) {
        if (healthCheck[key] === undefined) continue
        findings.push({
          code: 'tcp-check',
          path: [...path, key],
          seen: formatValue(healthCheck[key]),
          allowed: `no ${key}: a TCP check only connects`,
          mend: `Remove ${key}, or use protocol HTTP or HTTPS.`,
        })
      }
    }
    const byName = endpoints.filter((endpoint) => targetNameOf(endpoint) !== undefined)
    // Without an address, the checkers resolve the host name themselves (API reference, HealthCheckConfig, FullyQualifiedDomainName).
    if (protocol !== 'TCP' && host !== undefined && byName.length > 0) {
      findings.push({
        code: 'host-of-named-endpoint',
        path: [...path, 'host'],
        seen: `${formatValue(host)}, with ${byName.map((endpoint) => `${endpoint.name} → ${targetNameOf(endpoint)}`).join(', ')}`,
        allowed: hostnames.includes(host)
          ? `no host: the checkers would resolve ${host} and be steered by the weights they are to guard`
          : 'no host at a provider with cname or alias endpoints: the checkers resolve that name in place of the endpoint',
        mend: 'Remove host (the name of the endpoint is used), or give the endpoints addresses.',
      })
    }
    return findings
  })
}
