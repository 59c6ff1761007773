// Names on the command line that must be among those of the configuration; the known ones are shown, and the one that was probably meant.
import { usageFailure } from '#cli/failure.ts'
import { nearestWord } from '#config/nearest-word.ts'
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { ALL_HOSTNAMES } from '#model/override.ts'

type Names = Pick<Configuration, 'hostnames' | 'providers' | 'stage'>

/** @throws CommandFailure */
export function knownProvider(name: string, { providers, stage }: Names): string {
  return known(
    'PROVIDER',
    name,
    providers.map((provider) => provider.name),
    stage,
  )
}

/** As DNS sees it: upper case and a final dot make no difference. @throws CommandFailure */
export function knownHostname(name: string, { hostnames, stage }: Names): HostnamePolicy {
  const wanted = known('HOSTNAME', normal(name), namesOf(hostnames), stage)
  const policy = hostnames.find(({ hostname }) => hostname === wanted)
  if (policy === undefined) throw new RangeError(`no hostname ${wanted}`)
  return policy
}

/** All hostnames when none is named. @throws CommandFailure */
export function knownHostnames(name: string | undefined, names: Names): readonly HostnamePolicy[] {
  return name === undefined ? names.hostnames : [knownHostname(name, names)]
}

/** A hostname, or all of the stage: nothing, `all` or `*`. @throws CommandFailure */
export function hostnameOrAll(name: string | undefined, { hostnames, stage }: Names): string {
  if (name === undefined || name === 'all' || name === ALL_HOSTNAMES) return ALL_HOSTNAMES
  return known('HOSTNAME', normal(name), namesOf(hostnames), stage)
}

function normal(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

function namesOf(hostnames: readonly HostnamePolicy[]): string[] {
  return hostnames.map(({ hostname }) => hostname)
}

function known(place: string, name: string, names: readonly string[], stage: string): string {
  if (names.includes(name)) return name
  const meant = nearestWord(name, names)
  throw usageFailure({
    code: 'unknown-name',
    place,
    seen: JSON.stringify(name),
    allowed: names.join(', ') || 'none: the configuration has none',
    mend: meant === undefined ? `Name one that stage ${stage} has, or deploy the configuration that has it.` : `Did you mean ${meant}?`,
  })
}

/** With the hostname that its versions answer for. @throws CommandFailure */
export function knownService(name: string, { hostnames, stage }: Names): { service: string; hostname: HostnamePolicy } {
  const services = hostnames.flatMap(({ service }) => service?.name ?? [])
  const service = known('SERVICE', name, services, stage)
  const hostname = hostnames.find((policy) => policy.service?.name === service)
  if (hostname === undefined) throw new RangeError(`no service ${service}`)
  return { service, hostname }
}
