// What apply may do: write the configured records by compare-and-swap, and nothing else in DNS.
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { Grant } from './grant.ts'
import { recordNamesOf, recordTypesOf } from './record-names.ts'

const KEY = 'route53:ChangeResourceRecordSets'

/**
 * One statement a zone, so that a name is only writable in its own zone. `ForAllValues` is also true when the key is absent from the
 * request, hence the Null check on each key (IAM User Guide, Multivalued context keys).
 */
export function applyGrants({ hostnames, providers }: Configuration): Grant[] {
  const zones = Map.groupBy(hostnames, ({ zoneId }) => zoneId)
  const zoneArns = [...zones.keys()].map(zoneArn)
  return [
    ...[...zones].map(([zoneId, members]) => writeGrant(zoneId, members)),
    {
      sid: 'ReadRecords',
      actions: ['route53:ListResourceRecordSets'],
      resources: zoneArns,
      reason: 'The guards run again on what stands, and a refused batch is looked at before it counts as a conflict.',
    },
    {
      sid: 'AwaitChanges',
      actions: ['route53:GetChange'],
      resources: ['arn:aws:route53:::change/*'],
      reason: 'A receipt is complete once Route 53 says INSYNC.',
      whyWide: 'The id of a change is known only after it was made.',
    },
  ]

  function writeGrant(zoneId: string, members: readonly HostnamePolicy[]): Grant {
    return {
      sid: `WriteRecords${zoneId}`,
      actions: ['route53:ChangeResourceRecordSets'],
      resources: [zoneArn(zoneId)],
      conditions: {
        'ForAllValues:StringEquals': {
          [`${KEY}NormalizedRecordNames`]: members.flatMap(recordNamesOf).toSorted(),
          [`${KEY}RecordTypes`]: recordTypesOf(members, providers),
          // Compare-and-swap is DELETE of the exact old record and CREATE of the new one; UPSERT would overwrite blindly.
          [`${KEY}Actions`]: ['CREATE', 'DELETE'],
        },
        Null: { [`${KEY}NormalizedRecordNames`]: 'false', [`${KEY}RecordTypes`]: 'false', [`${KEY}Actions`]: 'false' },
      },
      reason: 'Swaps the weighted records of the configured hostnames together with their fence.',
    }
  }
}

export function zoneArn(zoneId: string): string {
  return `arn:aws:route53:::hostedzone/${zoneId}`
}
