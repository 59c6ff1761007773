// Route 53 behind the DnsZone port: list a hostname or many, swap the records of one in one batch, ask for the state of a change.
import { ChangeResourceRecordSetsCommand, GetChangeCommand, type Route53Client } from '@aws-sdk/client-route-53'
import { batchChanges } from '#model/batch-changes.ts'
import { fenceName } from '#model/names.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import type { DnsZone, RecordSwap, SwapOutcome } from '#ports/dns-zone.ts'
import { refusedBatchMessages, throttleMessage } from './route53-errors.ts'
import { inListOrder, type Page, readPage, recordsNamed, wholeOn } from './route53-listing.ts'
import { observedFrom } from './route53-records.ts'

/** `nowSeconds` is asked before the calls: an observation must not look newer than it is. */
export function route53Zone(client: Route53Client, nowSeconds: () => number): DnsZone {
  return {
    list: async (zoneId, hostname) => {
      const observedAt = nowSeconds()
      return observed(client, zoneId, hostname, await readPage(client, zoneId, { name: hostname }, 100), observedAt)
    },
    walk: (zoneId, hostnames) => walk(client, zoneId, hostnames, nowSeconds),
    swap: (swap) => submit(client, swap),
    changeStatus: async (changeId) => {
      const { ChangeInfo } = await client.send(new GetChangeCommand({ Id: changeId }))
      return ChangeInfo?.Status === 'INSYNC' ? 'INSYNC' : 'PENDING'
    },
  }
}

/** From the page that begins at the hostname, or by asking for its names when that is not enough. */
async function observed(client: Route53Client, zoneId: string, hostname: string, page: Page, observedAt: number): Promise<ObservedRecords> {
  const records = wholeOn(page, hostname, true)
  if (records !== undefined) return observedFrom(hostname, records, observedAt)
  const isWhole = page.next?.name !== hostname
  const [members, fences] = await Promise.all([
    isWhole ? (page.byName.get(hostname) ?? []) : recordsNamed(client, zoneId, hostname),
    recordsNamed(client, zoneId, fenceName(hostname), 'TXT'),
  ])
  return observedFrom(hostname, [...members, ...fences], observedAt)
}

/** One call for all hostnames that stand on a page; one or two more for each that cannot be told from it. */
async function* walk(
  client: Route53Client,
  zoneId: string,
  hostnames: readonly string[],
  nowSeconds: () => number,
): AsyncGenerator<ObservedRecords> {
  let waiting = hostnames.toSorted(inListOrder)
  for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
    const observedAt = nowSeconds()
    const page = await readPage(client, zoneId, { name: first })
    yield await observed(client, zoneId, first, page, observedAt)
    const left: string[] = []
    for (const hostname of waiting.slice(1)) {
      const records = wholeOn(page, hostname, false)
      if (records === undefined) left.push(hostname)
      else yield observedFrom(hostname, records, observedAt)
    }
    waiting = left
  }
}

async function submit(client: Route53Client, swap: RecordSwap): Promise<SwapOutcome> {
  try {
    const { ChangeInfo } = await client.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: swap.zoneId,
        ChangeBatch: { Comment: swap.comment.slice(0, 256), Changes: batchChanges(swap) },
      }),
    )
    if (ChangeInfo?.Id === undefined) throw new Error('Route 53 accepted a change without an id')
    return { kind: 'accepted', changeId: ChangeInfo.Id.replace(/^\/change\//, '') }
  } catch (error) {
    const messages = refusedBatchMessages(error)
    if (messages !== undefined) return { kind: 'conflict', messages }
    const message = throttleMessage(error)
    if (message !== undefined) return { kind: 'throttled', message }
    throw error
  }
}
