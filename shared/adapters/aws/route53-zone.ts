// Route 53 behind the DnsZone port: list a hostname, swap its records in one batch, ask for the state of a change.
import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53'
import { fenceName } from '#model/names.ts'
import type { DnsZone, RecordSwap, SwapOutcome } from '#ports/dns-zone.ts'
import { refusedBatchMessages, throttleMessage } from './route53-errors.ts'
import { changesOf, normalisedName, observedFrom } from './route53-records.ts'

export function route53Zone(client: Route53Client, nowSeconds: () => number): DnsZone {
  return {
    list: async (zoneId, hostname) => {
      // The time before the calls: an observation must not look newer than it is.
      const observedAt = nowSeconds()
      const [members, fences] = await Promise.all([
        recordsNamed(client, zoneId, hostname),
        recordsNamed(client, zoneId, fenceName(hostname), 'TXT'),
      ])
      return observedFrom(hostname, [...members, ...fences], observedAt)
    },
    swap: (swap) => submit(client, swap),
    changeStatus: async (changeId) => {
      const { ChangeInfo } = await client.send(new GetChangeCommand({ Id: changeId }))
      return ChangeInfo?.Status === 'INSYNC' ? 'INSYNC' : 'PENDING'
    },
  }
}

async function submit(client: Route53Client, swap: RecordSwap): Promise<SwapOutcome> {
  try {
    const { ChangeInfo } = await client.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: swap.zoneId,
        ChangeBatch: { Comment: swap.comment.slice(0, 256), Changes: changesOf(swap) },
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

/** Every record of exactly this name. The SDK has no paginator for this operation. */
async function recordsNamed(client: Route53Client, zoneId: string, name: string, type?: RRType): Promise<ResourceRecordSet[]> {
  const found: ResourceRecordSet[] = []
  let start: { StartRecordName: string; StartRecordType?: RRType | undefined; StartRecordIdentifier?: string | undefined } | undefined = {
    StartRecordName: name,
    ...(type === undefined ? {} : { StartRecordType: type }),
  }
  while (start !== undefined) {
    const page: import('@aws-sdk/client-route-53').ListResourceRecordSetsResponse = await client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, MaxItems: 100, ...start }),
    )
    const records = page.ResourceRecordSets ?? []
    const own = records.filter((record) => normalisedName(record.Name ?? '') === name && (type === undefined || record.Type === type))
    found.push(...own)
    const isPast = own.length < records.length
    start =
      page.IsTruncated && !isPast && page.NextRecordName !== undefined
        ? { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType, StartRecordIdentifier: page.NextRecordIdentifier }
        : undefined
  }
  return found
}
