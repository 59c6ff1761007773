// AWS::IAM::Role and AWS::IAM::Policy: into the in-process IAM, which evaluates them on every call.
import * as z from 'zod'
import type { PolicyDocument } from '#local/aws/iam/policy-document.ts'
import { resourceType } from '../resource-type.ts'
import { managedPolicy } from './managed-policies.ts'

const Document = z.custom<PolicyDocument>(
  (value) => typeof value === 'object' && value !== null && 'Statement' in value,
  'a policy document',
)
const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema.transform((one) => [one]), z.array(schema)])

const TrustPolicy = z.object({
  Statement: z.array(
    z.strictObject({
      Sid: z.string().optional(),
      Effect: z.literal('Allow'),
      Action: z.literal('sts:AssumeRole'),
      Principal: z.strictObject({ Service: oneOrMore(z.string()) }),
    }),
  ),
})

const RoleProperties = z.strictObject({
  RoleName: z.string().optional(),
  Description: z.string().optional(),
  AssumeRolePolicyDocument: TrustPolicy.loose(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: Document })).default([]),
  Tags: z.unknown().optional(),
})

export const iamRole = resourceType<z.infer<typeof RoleProperties>>({
  type: 'AWS::IAM::Role',
  properties: RoleProperties,
  replacedBy: ['RoleName'],
  async put({ properties, existing, generatedName }, { registry }) {
    const roleName = existing?.physicalId ?? properties.RoleName ?? generatedName.slice(0, 64)
    const policies = new Map<string, PolicyDocument>([
      ...properties.ManagedPolicyArns.map((arn) => [arn, managedPolicy(arn)] as const),
      ...properties.Policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument] as const),
    ])
    const services = properties.AssumeRolePolicyDocument.Statement.flatMap(({ Principal }) => Principal.Service)
    const { arn, accessKeyId } = registry.putRole(roleName, services, policies)
    return { physicalId: roleName, attributes: { Arn: arn, RoleId: accessKeyId.replace('ASIA', 'AROA') } }
  },
  async remove({ physicalId }, _properties, { registry }) {
    registry.removeRole(physicalId)
  },
})

const PolicyProperties = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: Document,
  Roles: z.array(z.string()).min(1),
})

export const iamPolicy = resourceType<z.infer<typeof PolicyProperties>>({
  type: 'AWS::IAM::Policy',
  properties: PolicyProperties,
  replacedBy: ['PolicyName'],
  async put({ properties, existing }, { registry }) {
    const gone = existing?.properties.Roles.filter((role) => !properties.Roles.includes(role)) ?? []
    for (const role of gone) registry.detach(role, properties.PolicyName)
    for (const role of properties.Roles) registry.attach(role, properties.PolicyName, properties.PolicyDocument)
    return { physicalId: properties.PolicyName, attributes: { Id: properties.PolicyName } }
  },
  async remove(_made, { PolicyName, Roles }, { registry }) {
    for (const role of Roles) registry.detach(role, PolicyName)
  },
})
