// AWS::SSM::Parameter, over the wire.
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import * as z from 'zod'
import { resourceType } from '../resource-type.ts'

const Properties = z.strictObject({
  Name: z.string().optional(),
  Type: z.enum(['String', 'StringList']),
  Value: z.string(),
  Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).optional(),
  Description: z.string().optional(),
  AllowedPattern: z.string().optional(),
  DataType: z.string().optional(),
  Tags: z.unknown().optional(),
})

export const ssmParameter = resourceType<z.infer<typeof Properties>>({
  type: 'AWS::SSM::Parameter',
  properties: Properties,
  replacedBy: ['Name'],
  async put({ properties, existing, generatedName }, { clients }) {
    const { Tags: _tags, Name, Type, Value, ...rest } = properties
    const name = existing?.physicalId ?? Name ?? `CFN-${generatedName}`
    const optional = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    // Overwrite only what is ours: a parameter that somebody else made is not taken over silently.
    await clients.ssm.send(new PutParameterCommand({ Name: name, Type, Value, ...optional, Overwrite: existing !== undefined }))
    return { physicalId: name, attributes: { Type, Value } }
  },
  async remove({ physicalId }, _properties, { clients }) {
    await clients.ssm.send(new DeleteParameterCommand({ Name: physicalId }))
  },
})
