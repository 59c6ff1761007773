// AWS::Route53::HealthCheck and AWS::Route53::HostedZone, over the wire.
import {
  ChangeTagsForResourceCommand,
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  DeleteHealthCheckCommand,
  DeleteHostedZoneCommand,
  type HealthCheckConfig,
  UpdateHealthCheckCommand,
} from '@aws-sdk/client-route-53'
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

const Tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([])

const HealthCheckProperties = z.strictObject({
  HealthCheckConfig: z.custom<HealthCheckConfig>((value) => typeof value === 'object' && value !== null && 'Type' in value),
  HealthCheckTags: Tags,
})

export const route53HealthCheck = resourceType<z.infer<typeof HealthCheckProperties>>({
  type: 'AWS::Route53::HealthCheck',
  properties: HealthCheckProperties,
  replacedBy: ['HealthCheckConfig.Type', 'HealthCheckConfig.RequestInterval', 'HealthCheckConfig.MeasureLatency'],
  async put({ properties, existing, generatedName }, { clients: { route53 } }) {
    const { HealthCheckConfig: config, HealthCheckTags: tags } = properties
    let id = existing?.physicalId
    if (id === undefined) {
      const created = await route53.send(
        new CreateHealthCheckCommand({ CallerReference: generatedName.slice(-64), HealthCheckConfig: config }),
      )
      id = created.HealthCheck?.Id ?? ''
    } else {
      const { Type: _type, RequestInterval: _interval, MeasureLatency: _latency, ...changeable } = config
      await route53.send(new UpdateHealthCheckCommand({ HealthCheckId: id, ...changeable }))
    }
    const gone = existing?.properties.HealthCheckTags.map(({ Key }) => Key).filter((key) => !tags.some(({ Key }) => Key === key)) ?? []
    if (tags.length + gone.length > 0) {
      await route53.send(
        new ChangeTagsForResourceCommand({
          ResourceType: 'healthcheck',
          ResourceId: id,
          ...(tags.length === 0 ? {} : { AddTags: tags }),
          ...(gone.length === 0 ? {} : { RemoveTagKeys: gone }),
        }),
      )
    }
    return { physicalId: id, attributes: { HealthCheckId: id } }
  },
  async remove({ physicalId }, _properties, { clients: { route53 } }) {
    await route53.send(new DeleteHealthCheckCommand({ HealthCheckId: physicalId }))
  },
})

const HostedZoneProperties = z.strictObject({
  Name: z.string(),
  HostedZoneConfig: z.strictObject({ Comment: z.string() }).optional(),
  HostedZoneTags: z.unknown().optional(),
})

export const route53HostedZone = resourceType<z.infer<typeof HostedZoneProperties>>({
  type: 'AWS::Route53::HostedZone',
  properties: HostedZoneProperties,
  replacedBy: ['Name'],
  async put({ properties, existing, generatedName }, { clients: { route53 } }) {
    if (existing !== undefined) return existing
    const { HostedZone, DelegationSet } = await route53.send(
      new CreateHostedZoneCommand({
        Name: properties.Name,
        CallerReference: generatedName,
        ...(properties.HostedZoneConfig === undefined ? {} : { HostedZoneConfig: properties.HostedZoneConfig }),
      }),
    )
    const id = (HostedZone?.Id ?? '').replace('/hostedzone/', '')
    return { physicalId: id, attributes: { Id: id, NameServers: (DelegationSet?.NameServers ?? []).join(',') } }
  },
  async remove({ physicalId }, _properties, { clients: { route53 } }) {
    await route53.send(new DeleteHostedZoneCommand({ Id: physicalId }))
  },
})
