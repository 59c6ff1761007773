// CreateHostedZone, GetHostedZone, ListHostedZones, ListHostedZonesByName, DeleteHostedZone.
import { ServiceFault } from '../../wire/service-fault.ts'
import { changeInfo } from '../change-ledger.ts'
import { type HostedZone, NAME_SERVERS } from '../hosted-zones.ts'
import { canonicalName, sortName } from '../record-name.ts'
import { compare } from '../record-set.ts'
import { arnOf, bareId, pageSize, type RestOperation } from '../rest-operation.ts'
import type { Route53State } from '../state.ts'

/** At most 100 a page (API reference, MaxItems). */
const PAGE = 100

export function hostedZoneOperations(state: Route53State): Readonly<Record<string, RestOperation>> {
  const now = () => state.clock.nowSeconds()
  return {
    CreateHostedZone: {
      permissions: () => [{ action: 'route53:CreateHostedZone', resource: '*' }],
      run: ({ body }) => {
        const name = String(body.Name ?? '')
        const callerReference = String(body.CallerReference ?? '')
        if (!/^[^\s.][^\s]*$/.test(name) || !canonicalName(name).slice(0, -1).includes('.')) {
          throw new ServiceFault('InvalidDomainName', `${name} is not a valid domain name.`)
        }
        if (callerReference === '') throw new ServiceFault('InvalidInput', 'CallerReference: required')
        if ('VPC' in body) throw new ServiceFault('NotImplemented', 'The in-process Route 53 has no private hosted zones', 501)
        const comment = (body.HostedZoneConfig as { Comment?: string } | undefined)?.Comment
        const zone = state.zones.create({ name, callerReference, comment })
        const change = state.changes.add(now(), now() + state.settings.propagationSeconds)
        return {
          status: 201,
          headers: { location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}` },
          content: { HostedZone: describeZone(zone), ChangeInfo: changeInfo(change, now()), DelegationSet: delegationSet() },
        }
      },
    },
    GetHostedZone: {
      permissions: ({ path }) => [{ action: 'route53:GetHostedZone', resource: arnOf('hostedzone', bareId(path[0])) }],
      run: ({ path }) => ({ content: { HostedZone: describeZone(state.zones.get(bareId(path[0]))), DelegationSet: delegationSet() } }),
    },
    ListHostedZones: {
      permissions: () => [{ action: 'route53:ListHostedZones', resource: '*' }],
      run: ({ query }) => {
        const marker = query.get('marker') ?? ''
        const size = pageSize(query, PAGE)
        const zones = state.zones.all().filter(({ id }) => id >= bareId(marker))
        const next = zones[size]
        return {
          content: {
            HostedZones: { HostedZone: zones.slice(0, size).map(describeZone) },
            Marker: marker === '' ? undefined : marker,
            IsTruncated: next !== undefined,
            NextMarker: next?.id,
            MaxItems: size,
          },
        }
      },
    },
    ListHostedZonesByName: {
      permissions: () => [{ action: 'route53:ListHostedZonesByName', resource: '*' }],
      run: ({ query }) => listByName(state, query),
    },
    DeleteHostedZone: {
      permissions: ({ path }) => [{ action: 'route53:DeleteHostedZone', resource: arnOf('hostedzone', bareId(path[0])) }],
      run: ({ path }) => {
        const zone = state.zones.get(bareId(path[0]))
        // Only a zone with nothing but its own NS and SOA records can be deleted (API reference, DeleteHostedZone).
        if (zone.records.size > 2) {
          throw new ServiceFault(
            'HostedZoneNotEmpty',
            'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
          )
        }
        state.zones.remove(zone.id)
        state.tags.forget(`hostedzone/${zone.id}`)
        return { content: { ChangeInfo: changeInfo(state.changes.add(now(), now() + state.settings.propagationSeconds), now()) } }
      },
    },
  }
}

function listByName(state: Route53State, query: URLSearchParams) {
  const dnsName = query.get('dnsname')
  const start = dnsName === null ? '' : sortName(canonicalName(dnsName))
  const size = pageSize(query, PAGE)
  const zones = state.zones
    .all()
    .filter(({ name }) => sortName(name) >= start)
    .sort((a, b) => compare(sortName(a.name), sortName(b.name)) || compare(a.id, b.id))
  const next = zones[size]
  return {
    content: {
      HostedZones: { HostedZone: zones.slice(0, size).map(describeZone) },
      DNSName: dnsName ?? undefined,
      IsTruncated: next !== undefined,
      NextDNSName: next?.name,
      NextHostedZoneId: next?.id,
      MaxItems: size,
    },
  }
}

function describeZone(zone: HostedZone): Record<string, unknown> {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zone.name,
    CallerReference: zone.callerReference,
    Config: { Comment: zone.comment, PrivateZone: false },
    ResourceRecordSetCount: zone.records.size,
  }
}

function delegationSet(): Record<string, unknown> {
  return { NameServers: { NameServer: NAME_SERVERS.map((name) => name.replace(/\.$/, '')) } }
}
