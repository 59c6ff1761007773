// What apply may do: write the configured records by compare-and-swap, and nothing else in DNS.
import type { Configuration } from '#model/configuration.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import type { Grant } from './grant.ts'
import { recordNamesOf, recordTypesOf } from './record-names.ts'

const KEY = 'route53:ChangeResourceRecordSets'

/** IAM: inline policies of a role have at most 10,240 characters in all; what is left is for the other statements. */
const NAMES_LIMIT = 7_500

/**
 * One statement a zone, so that a name is only writable in its own zone. `ForAllValues` is also true when the key is absent from the
 * request, hence the Null check on each key (IAM User Guide, Multivalued context keys).
 */
export function applyGrants({ hostnames, providers }: Configuration): Grant[] {
  const zones = Map.groupBy(hostnames, ({ zoneId }) => zoneId)
  const characters = JSON.stringify(hostnames.flatMap(recordNamesOf)).length
  if (characters > NAMES_LIMIT) {
    throw new RangeError(
      `${hostnames.length} hostnames: their names take ${characters} characters of the policy of apply, allowed are ${NAMES_LIMIT} (IAM). ` +
        'Make services alias records on fewer hostnames, or use two stages.',
    )
  }
  const zoneArns = [...zones.keys()].map(zoneArn)
  return [
    ...[...zones].map(([zoneId, members]) => writeGrant(zoneId, members)),
    {
      sid: 'ReadRecords',
      actions: ['route53:ListResourceRecordSets'],
      resources: zoneArns,
      reason: 'A hostname nobody has looked at, a rollback and a refused batch are read from Route 53 itself.',
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
