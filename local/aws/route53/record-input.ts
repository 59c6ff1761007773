// Reads the changes of a ChangeResourceRecordSets request, refusing what the shape of a record set does not allow (InvalidInput).
// Source: API reference, Change and ResourceRecordSet.
import { ServiceFault } from '../wire/service-fault.ts'
import { canonicalName } from './record-name.ts'
import type { AliasTarget, RecordSet } from './record-set.ts'

export type ChangeAction = 'CREATE' | 'DELETE' | 'UPSERT'
export type RecordChange = { readonly action: ChangeAction; readonly record: RecordSet }

type Element = Readonly<Record<string, unknown>>

const TYPES = 'A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT'.split(' ')
/** Routing policies beside simple and weighted belong to record sets that the product does not write. */
const OTHER_ROUTING = [
  'Region',
  'Failover',
  'GeoLocation',
  'MultiValueAnswer',
  'TrafficPolicyInstanceId',
  'CidrRoutingConfig',
  'GeoProximityLocation',
]

export function readChanges(body: Element): RecordChange[] {
  const batch = (body.ChangeBatch ?? {}) as Element
  const changes = ((batch.Changes as Element | undefined)?.Change ?? []) as Element[]
  if (!Array.isArray(changes) || changes.length === 0) throw invalid('ChangeBatch.Changes: at least one Change is required')
  return changes.map(readChange)
}

function readChange(change: Element): RecordChange {
  const action = change.Action as ChangeAction
  if (!['CREATE', 'DELETE', 'UPSERT'].includes(action)) throw invalid(`Change.Action: one of CREATE, DELETE, UPSERT, seen '${action}'`)
  const set = (change.ResourceRecordSet ?? {}) as Element
  const place = `Change with [Action=${action}, Name=${set.Name}, Type=${set.Type}, SetIdentifier=${set.SetIdentifier ?? null}]`
  const unsupported = OTHER_ROUTING.find((name) => set[name] !== undefined)
  if (unsupported !== undefined)
    throw new ServiceFault('NotImplemented', `The in-process Route 53 knows simple and weighted records, not ${unsupported}`, 501)
  if (typeof set.Name !== 'string' || set.Name === '') throw invalid(`Invalid request: Missing field 'Name' in ${place}`)
  if (!TYPES.includes(String(set.Type))) throw invalid(`Invalid request: Type in ${place} must be one of ${TYPES.join(', ')}`)
  return { action, record: readRecord(set, place) }
}

function readRecord(set: Element, place: string): RecordSet {
  const values = ((set.ResourceRecords as Element | undefined)?.ResourceRecord ?? []) as Element[]
  const alias = readAlias(set.AliasTarget as Element | undefined, place)
  const hasValues = set.TTL !== undefined && values.length > 0
  // The sentence is Route 53's; "Change" elements need exactly one of the two forms.
  if (hasValues === (alias !== undefined) || (alias !== undefined && set.TTL !== undefined)) {
    const found = hasValues ? 'more than one' : 'none'
    throw invalid(
      `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]], but found ${found} in ${place}`,
    )
  }
  // "You must specify a value for the Weight element for every weighted resource record set", and its identifier; a simple record has neither.
  if ((set.SetIdentifier === undefined) !== (set.Weight === undefined)) {
    const missing = set.Weight === undefined ? 'Weight' : 'SetIdentifier'
    throw invalid(`Invalid request: Missing field '${missing}' in ${place}`)
  }
  const setIdentifier = set.SetIdentifier === undefined ? undefined : String(set.SetIdentifier)
  if (setIdentifier !== undefined && (setIdentifier.length < 1 || setIdentifier.length > 128)) {
    throw invalid(`Invalid request: SetIdentifier in ${place} has 1 to 128 characters`)
  }
  return {
    name: canonicalName(String(set.Name)),
    type: String(set.Type),
    setIdentifier,
    weight: integer(set.Weight, 'Weight', 255, place),
    ttlSeconds: integer(set.TTL, 'TTL', 2147483647, place),
    values: values.map(({ Value }) => String(Value)),
    alias,
    healthCheckId: set.HealthCheckId === undefined ? undefined : String(set.HealthCheckId),
  }
}

function readAlias(alias: Element | undefined, place: string): AliasTarget | undefined {
  if (alias === undefined) return undefined
  if (!alias.HostedZoneId || !alias.DNSName) throw invalid(`Invalid request: AliasTarget needs HostedZoneId and DNSName in ${place}`)
  return {
    hostedZoneId: String(alias.HostedZoneId),
    dnsName: canonicalName(String(alias.DNSName)),
    evaluateTargetHealth: alias.EvaluateTargetHealth === 'true',
  }
}

function integer(raw: unknown, field: string, maximum: number, place: string): number | undefined {
  if (raw === undefined) return undefined
  const value = Number(raw)
  if (!/^\d+$/.test(String(raw)) || value > maximum)
    throw invalid(`Invalid request: ${field} is a whole number from 0 to ${maximum}, seen '${raw}' in ${place}`)
  return value
}

function invalid(message: string): ServiceFault {
  return new ServiceFault('InvalidInput', message)
}
