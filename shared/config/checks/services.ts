// The versions of a service can be shifted: each has an endpoint wherever the hostname is served, and the stable one exists.
import { nearestWord } from '../nearest-word.ts'
import { type Finding, formatValue, type PathPart } from '../problem.ts'
import { providersOf } from '../providers-of.ts'
import type { EndpointInFile, SluiceFile } from '../sluice-file.ts'

export function serviceFindings(file: SluiceFile): Finding[] {
  const findings = Object.entries(file.providers).flatMap(([provider, { endpoints }]) => [
    ...endpoints.flatMap((endpoint, index) => endpointFindings(file, ['providers', provider, 'endpoints', index], endpoint)),
    ...(endpoints.every(({ service }) => service !== undefined) ? [noIngress(provider)] : []),
  ])
  for (const [name, { hostname, stable }] of Object.entries(file.services)) {
    const path = ['services', name]
    if (file.hostnames[hostname] === undefined) findings.push(unknown([...path, 'hostname'], hostname, Object.keys(file.hostnames)))
    const other = Object.entries(file.services).find(([candidate, service]) => candidate < name && service.hostname === hostname)
    if (other !== undefined) findings.push(sharedHostname([...path, 'hostname'], hostname, other[0]))
    findings.push(...stableFindings(file, path, name, hostname, stable))
  }
  return findings
}

function endpointFindings(file: SluiceFile, path: readonly PathPart[], { name, service, version }: EndpointInFile): Finding[] {
  if ((service === undefined) !== (version === undefined)) {
    const missing = service === undefined ? 'service' : 'version'
    const seen = `${service === undefined ? `version ${version}` : `service ${service}`} without ${missing} at endpoint ${name}`
    return [{ code: 'half-version', path, seen, allowed: 'service and version together, or neither', mend: `Add ${missing}.` }]
  }
  if (service === undefined || file.services[service] !== undefined) return []
  return [unknown([...path, 'service'], service, Object.keys(file.services))]
}

function stableFindings(file: SluiceFile, path: readonly PathPart[], service: string, hostname: string, stable: string): Finding[] {
  const versionsAt = (provider: string) =>
    (file.providers[provider]?.endpoints ?? []).flatMap((one) =>
      one.service === service && one.version !== undefined ? [one.version] : [],
    )
  return providersOf(file, hostname)
    .filter((provider) => file.providers[provider] !== undefined && !versionsAt(provider).includes(stable))
    .map((provider) => ({
      code: 'stable-not-there',
      path: [...path, 'stable'],
      seen: `${formatValue(stable)}, which has no endpoint at ${provider}`,
      allowed: `a version with an endpoint at every provider of ${hostname}; ${provider} has ${[...new Set(versionsAt(provider))].join(', ') || 'none'}`,
      mend: `Add an endpoint with service: ${service}, version: ${stable} to ${provider}, or name another version.`,
    }))
}

function noIngress(provider: string): Finding {
  return {
    code: 'no-ingress',
    path: ['providers', provider, 'endpoints'],
    seen: 'endpoints of services only',
    allowed: 'at least one endpoint without a service: the health of the provider is that of its ingress',
    mend: 'Add the endpoint of the ingress.',
  }
}

function unknown(path: readonly PathPart[], seen: string, known: readonly string[]): Finding {
  const near = nearestWord(seen, known)
  return {
    code: 'unknown-name',
    path,
    seen: formatValue(seen),
    allowed: known.length === 0 ? 'nothing: there is none yet' : `one of ${known.join(', ')}`,
    mend: near === undefined ? `Add ${seen}, or correct the name.` : `Did you mean ${near}?`,
  }
}

function sharedHostname(path: readonly PathPart[], hostname: string, other: string): Finding {
  const allowed = 'a hostname of its own: one canary per hostname, so that no two confound each other'
  return {
    code: 'shared-hostname',
    path,
    seen: `${hostname}, which is that of ${other}`,
    allowed,
    mend: 'Give one of the two another hostname.',
  }
}
