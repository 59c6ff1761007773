// Names and types of the records that apply may write, as Route 53 compares them in conditions.
import type { HostnamePolicy } from '#model/hostname.ts'
import { fenceName } from '#model/names.ts'
import type { Provider } from '#model/provider.ts'
import type { RecordType } from '#model/record.ts'

/**
 * Lower case, no trailing dot, and every character but a–z, 0–9, `-`, `_` and `.` as a backslash with three octal digits: `*` is `\052`.
 * Source: Route 53 Developer Guide, "Using IAM policy conditions for fine-grained access control", Normalizing the condition key values.
 */
export function normalisedRecordName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/[^a-z0-9._-]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)
}

/** The hostname itself and its fence. */
export function recordNamesOf({ hostname }: HostnamePolicy): string[] {
  return [normalisedRecordName(hostname), normalisedRecordName(fenceName(hostname))]
}

/** The types that these hostnames use, and TXT for the fence; in alphabetical order. */
export function recordTypesOf(hostnames: readonly HostnamePolicy[], providers: readonly Provider[]): (RecordType | 'TXT')[] {
  const used = new Set(hostnames.flatMap((hostname) => hostname.providers.map(({ provider }) => provider)))
  const types = providers
    .filter(({ name }) => used.has(name))
    .flatMap(({ endpoints }) => endpoints)
    .flatMap(({ address }): RecordType[] => {
      if ('cname' in address) return ['CNAME']
      if ('alias' in address) return address.ipv6 ? ['A', 'AAAA'] : ['A']
      return [...('ipv4' in address ? (['A'] as const) : []), ...(address.ipv6 === undefined ? [] : (['AAAA'] as const))]
    })
  return [...new Set([...types, 'TXT' as const])].toSorted()
}
