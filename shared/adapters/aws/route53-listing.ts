// Reads hostnames with their fences out of a zone in as few calls as its order allows.
//
// Route 53 lists records by name with the labels reversed (API reference, ListResourceRecordSets): what lies below a name follows it at once, so that a page
// which begins at a hostname holds its members and, as a rule, its fence `_sluice.<hostname>`; and a page of 300 holds those of many hostnames.
import { ListResourceRecordSetsCommand, type ResourceRecordSet, type Route53Client, type RRType } from '@aws-sdk/client-route-53'
import { fenceName } from '#model/names.ts'
import { normalisedName } from './route53-records.ts'

/** "ListResourceRecordSets returns up to 300 resource record sets at a time." */
const PAGE = 300

type Start = { readonly name: string; readonly type?: RRType | undefined; readonly identifier?: string | undefined }

export type Page = {
  readonly byName: ReadonlyMap<string, readonly ResourceRecordSet[]>
  /** Where the next page begins; absent on the last one. */
  readonly next?: Start | undefined
}

export async function readPage(client: Route53Client, zoneId: string, { name, type, identifier }: Start, most = PAGE): Promise<Page> {
  const answer = await client.send(
    new ListResourceRecordSetsCommand({
      HostedZoneId: zoneId,
      MaxItems: most,
      StartRecordName: name,
      StartRecordType: type,
      StartRecordIdentifier: identifier,
    }),
  )
  const { ResourceRecordSets = [], IsTruncated, NextRecordName, NextRecordType, NextRecordIdentifier } = answer
  const byName = Map.groupBy(ResourceRecordSets, ({ Name = '' }) => normalisedName(Name))
  if (!IsTruncated || NextRecordName === undefined) return { byName }
  return { byName, next: { name: normalisedName(NextRecordName), type: NextRecordType, identifier: NextRecordIdentifier } }
}

/**
 * The records of a hostname and of its fence, when the page is known to hold all of them; undefined: ask for them by name.
 *
 * @param isFirst the page begins at the hostname, so that what is not on it does not exist
 */
export function wholeOn({ byName, next }: Page, hostname: string, isFirst: boolean): ResourceRecordSet[] | undefined {
  const fence = fenceName(hostname)
  const isCut = next !== undefined && (next.name === hostname || next.name === fence)
  const members = byName.get(hostname) ?? []
  const fences = byName.get(fence)?.filter(({ Type }) => Type === 'TXT')
  if (isCut) return undefined
  if (members.length > 0 && fences !== undefined) return [...members, ...fences]
  // Nothing of ours at all: a hostname before its first write. It is past once the list has left what lies below it.
  const isBelow = fence.endsWith(`.${hostname}`)
  const isPast = next === undefined || !next.name.endsWith(`.${hostname}`)
  return isFirst && isBelow && isPast && members.length === 0 ? [...(fences ?? [])] : undefined
}

/** Every record of exactly this name, and type if one is given. The SDK has no paginator for this operation. */
export async function recordsNamed(client: Route53Client, zoneId: string, name: string, type?: RRType): Promise<ResourceRecordSet[]> {
  const found: ResourceRecordSet[] = []
  let start: Start | undefined = { name, type }
  while (start !== undefined) {
    const page: Page = await readPage(client, zoneId, start, 100)
    found.push(...(page.byName.get(name) ?? []).filter((record) => type === undefined || record.Type === type))
    start = page.next?.name === name && (type === undefined || page.next.type === type) ? page.next : undefined
  }
  return found
}

/** The order in which Route 53 lists names. It is used to read ahead, never to conclude that something does not exist. */
export function inListOrder(a: string, b: string): number {
  const [left, right] = [reversed(a), reversed(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function reversed(name: string): string {
  return `${name.replace('*', '\\052').split('.').toReversed().join('.')}.`
}
