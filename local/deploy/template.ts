// A CloudFormation template as far as it is read here; a section that would change what is deployed and is not known is an error.
import * as z from 'zod'
import { DeploymentError } from './deployment-error.ts'

const RemovalPolicy = z.enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'])

export const ResourceDeclaration = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
  DeletionPolicy: RemovalPolicy.optional(),
  UpdateReplacePolicy: RemovalPolicy.optional(),
  Metadata: z.unknown().optional(),
})
export type ResourceDeclaration = z.infer<typeof ResourceDeclaration>

export const Template = z.strictObject({
  AWSTemplateFormatVersion: z.string().optional(),
  Description: z.string().optional(),
  Metadata: z.unknown().optional(),
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  /** Assertions on parameters; CDK writes one on the version of its bootstrap stack, which nothing here needs. */
  Rules: z.unknown().optional(),
  Resources: z.record(z.string(), ResourceDeclaration),
  Outputs: z
    .record(
      z.string(),
      z.object({ Value: z.unknown(), Condition: z.string().optional(), Export: z.object({ Name: z.unknown() }).optional() }),
    )
    .default({}),
})
export type Template = z.infer<typeof Template>

/** @throws DeploymentError naming the stack, the place and what is wrong with it */
export function readTemplate(stackName: string, document: unknown): Template {
  const parsed = Template.safeParse(document)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new DeploymentError(stackName, `the template cannot be read: ${problems.join('; ')}`)
}
