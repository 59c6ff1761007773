// Each hostname lies in a zone, names providers that exist, and its names fit the limits of Route 53.
import { fenceName, SET_IDENTIFIER_LIMIT, setIdentifier } from '#model/names.ts'
import { nearestWord } from '../nearest-word.ts'
import { type Finding, formatValue, type PathPart } from '../problem.ts'
import { providersOf } from '../providers-of.ts'
import type { SluiceFile } from '../sluice-file.ts'
import { zoneOf } from '../zone-of.ts'

/** Route 53: at most 100 weighted records of one name and type (Developer Guide, Quotas). */
const MEMBER_LIMIT = 100
/** RFC 1035 counts 255 octets on the wire, which leaves 253 characters. */
const NAME_LIMIT = 253

export function hostnameFindings(file: SluiceFile): Finding[] {
  const hostnames = Object.keys(file.hostnames)
  const findings: Finding[] = []
  if (hostnames.length === 0) findings.push(empty('hostnames', 'a hostname'))
  if (Object.keys(file.providers).length === 0) findings.push(empty('providers', 'a provider'))
  for (const hostname of hostnames) {
    findings.push(...zoneFindings(file, hostname), ...providerFindings(file, hostname), ...limitFindings(file, hostname))
  }
  return findings
}

function zoneFindings(file: SluiceFile, hostname: string): Finding[] {
  const zones = Object.keys(file.zones)
  if (zoneOf(hostname, zones) !== undefined) return []
  return [
    {
      code: 'outside-zone',
      path: ['hostnames', hostname],
      seen: hostname,
      allowed: zones.length === 0 ? 'a name inside a zone under zones (there is none)' : `a name inside ${zones.join(' or ')}`,
      mend: `Add the zone of ${hostname} to zones, or correct the name.`,
    },
  ]
}

function providerFindings(file: SluiceFile, hostname: string): Finding[] {
  const named = providersOf(file, hostname)
  const known = Object.keys(file.providers)
  const path = ['hostnames', hostname, 'providers']
  if (named.length === 0 && known.length > 0) return [{ ...empty('providers', 'a provider'), path }]
  return named
    .filter((provider) => !known.includes(provider))
    .map((provider) => {
      const near = nearestWord(provider, known)
      return {
        code: 'unknown-provider',
        path: [...path, provider],
        seen: formatValue(provider),
        allowed: `one of ${known.join(', ')}`,
        mend: near === undefined ? `Add ${provider} to providers, or remove it here.` : `Did you mean ${near}?`,
      }
    })
}

function limitFindings(file: SluiceFile, hostname: string): Finding[] {
  const path: PathPart[] = ['hostnames', hostname]
  const members = providersOf(file, hostname).flatMap((provider) =>
    (file.providers[provider]?.endpoints ?? [])
      .filter(({ service }) => service === undefined || file.services[service]?.hostname === hostname)
      .map(({ name, version }) => setIdentifier(hostname, provider, name, version)),
  )
  const findings = members
    .filter((identifier) => identifier.length > SET_IDENTIFIER_LIMIT)
    .map((identifier) => ({
      code: 'long-set-identifier',
      path,
      seen: `${identifier} (${identifier.length} characters)`,
      allowed: `a set identifier of at most ${SET_IDENTIFIER_LIMIT} characters`,
      mend: 'Shorten the name of the provider or of the endpoint.',
    }))
  if (members.length > MEMBER_LIMIT) {
    findings.push({
      code: 'many-members',
      path,
      seen: `${members.length} endpoints`,
      allowed: `at most ${MEMBER_LIMIT} weighted records of one name and type`,
      mend: 'Put several addresses behind one endpoint, or spread the hostname over fewer providers.',
    })
  }
  if (hostname.startsWith('_sluice.')) {
    findings.push({
      code: 'fence-name',
      path,
      seen: hostname,
      allowed: 'names that do not begin with _sluice: the fences of hostnames stand there',
      mend: 'Use another name.',
    })
  }
  const fence = fenceName(hostname)
  if (fence.length > NAME_LIMIT) {
    findings.push({
      code: 'long-name',
      path,
      seen: `${hostname} (${hostname.length} characters)`,
      allowed: `at most ${NAME_LIMIT - (fence.length - hostname.length)} characters, so that its fence record fits too`,
      mend: 'Use a shorter name.',
    })
  }
  return findings
}

function empty(key: string, what: string): Finding {
  return { code: 'empty', path: [key], seen: 'an empty map', allowed: `at least one entry under ${key}`, mend: `Add ${what}.` }
}
