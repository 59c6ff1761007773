// Zones and records for the cases of Route 53.
import {
  type Change,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53'
import { givenZone } from './given-zone.ts'

/** A zone of its own, or a name of its own in the zone that was given. */
export async function aZone(route53: Route53Client, unique: string): Promise<{ zoneId: string; zone: string }> {
  const given = givenZone()
  if (given !== undefined) return { zoneId: given.zoneId, zone: `${unique}.${given.zone}` }
  const zone = `${unique}.example.test`
  const { HostedZone } = await route53.send(new CreateHostedZoneCommand({ Name: zone, CallerReference: unique }))
  return { zoneId: HostedZone?.Id?.replace('/hostedzone/', '') ?? '', zone }
}

export function aRecord(overrides: Partial<ResourceRecordSet> = {}): ResourceRecordSet {
  return { Name: 'www.example.test', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }], ...overrides }
}

export function aWeighted(overrides: Partial<ResourceRecordSet> = {}): ResourceRecordSet {
  return aRecord({ SetIdentifier: 'one', Weight: 10, ...overrides })
}

export function aTxt(name: string, text: string): ResourceRecordSet {
  return { Name: name, Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: `"${text}"` }] }
}

export function change(route53: Route53Client, zoneId: string, ...changes: [Change['Action'], ResourceRecordSet][]) {
  const batch = { Changes: changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })) }
  return route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: batch }))
}

/** At or below `zone`, without NS and SOA. */
export async function records(route53: Route53Client, zoneId: string, zone: string): Promise<ResourceRecordSet[]> {
  const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: zone }))
  return ResourceRecordSets.filter(
    ({ Name = '', Type }) => Type !== 'NS' && Type !== 'SOA' && (Name === `${zone}.` || Name.endsWith(`.${zone}.`)),
  )
}

/** Deletes what a case left at or below its name. */
export async function cleanUp(route53: Route53Client, zoneId: string, zone: string): Promise<void> {
  const left = await records(route53, zoneId, zone)
  if (left.length > 0) await change(route53, zoneId, ...left.map((record) => ['DELETE', record] as ['DELETE', ResourceRecordSet]))
}
