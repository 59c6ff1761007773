// What is to be shifted, as the command line says it: SERVICE VERSION, or HOSTNAME with --provider.
import { usageFailure } from '#cli/failure.ts'
import { knownHostname, knownProvider, knownService } from '#cli/input/known-names.ts'
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { Version } from '#model/names.ts'

export type StartOptions = { readonly provider?: string; readonly part?: string }

export type Wanted =
  | { readonly kind: 'version'; readonly hostname: HostnamePolicy; readonly service: string; readonly version: string }
  | { readonly kind: 'provider'; readonly hostname: HostnamePolicy; readonly provider: string; readonly part: number }

/** @throws CommandFailure for names that are not there, and for what cannot be meant together. Whether it has the version is for begin to say. */
export function wantedOf(subject: string, version: string | undefined, options: StartOptions, configuration: Configuration): Wanted {
  if (options.provider !== undefined) {
    if (version !== undefined)
      throw both('VERSION', JSON.stringify(version), 'Leave it out: --provider shifts a cloud, whatever versions it runs.')
    const provider = knownProvider(options.provider, configuration)
    return { kind: 'provider', hostname: knownHostname(subject, configuration), provider, part: partOf(options.part ?? '1') }
  }
  if (options.part !== undefined) throw both('--part', JSON.stringify(options.part), 'Name the cloud: --provider NAME.')
  if (version === undefined)
    throw usageFailure({
      code: 'usage',
      place: 'VERSION',
      seen: 'nothing',
      allowed: 'SERVICE VERSION, or HOSTNAME --provider NAME',
      mend: 'Say which version of the service, such as: sluice canary start media 1.0.9.',
    })
  return { kind: 'version', ...knownService(subject, configuration), version: versionOf(version) }
}

/** What cannot be the name of a version is told here: the functions would object to the whole order. */
function versionOf(text: string): string {
  const parsed = Version.safeParse(text)
  if (parsed.success) return parsed.data
  const allowed = parsed.error.issues.map(({ message }) => message).join(', ')
  throw usageFailure({
    code: 'usage',
    place: 'VERSION',
    seen: JSON.stringify(text),
    allowed,
    mend: 'Say it as sluice.yaml does, such as 1.0.9.',
  })
}

function partOf(text: string): number {
  const part = /^(0|1|0?\.\d+|1\.0*)$/.test(text) ? Number(text) : Number.NaN
  if (part >= 0 && part <= 1) return part
  const mend = '1 brings it in, 0 takes it out.'
  throw usageFailure({ code: 'option', place: '--part', seen: JSON.stringify(text), allowed: 'a number from 0 to 1', mend })
}

function both(place: string, seen: string, mend: string) {
  return usageFailure({ code: 'usage', place, seen, allowed: 'SERVICE VERSION, or HOSTNAME --provider NAME [--part 0..1]', mend })
}
