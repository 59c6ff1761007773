// What the checks ask of an endpoint: which record types it needs and what it answers with.
import type { RecordType } from '#model/record.ts'
import type { EndpointInFile } from '../sluice-file.ts'

/** The types of the weighted records of this endpoint; empty when it says no address. */
export function recordTypesOf({ ipv4, ipv6, cname, alias }: EndpointInFile): RecordType[] {
  if (cname !== undefined) return ['CNAME']
  if (alias !== undefined) return alias.dualStack ? ['A', 'AAAA'] : ['A']
  return [...(ipv4 === undefined ? [] : (['A'] as const)), ...(ipv6 === undefined ? [] : (['AAAA'] as const))]
}

/** The name that is looked up to reach it, for an endpoint without addresses of its own. */
export function targetNameOf({ cname, alias }: EndpointInFile): string | undefined {
  return cname ?? alias?.dnsName
}
