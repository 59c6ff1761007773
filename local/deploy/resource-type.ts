// What the deployer knows of one type of resource: its properties, which of them make it another resource, how it is made and removed.
import type * as z from 'zod'
import type { DeploymentContext } from './deployment-context.ts'

/** What exists: its name towards `Ref`, and its attributes towards `Fn::GetAtt`. */
export interface Made {
  readonly physicalId: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface ResourceRequest<P> {
  readonly logicalId: string
  readonly properties: P
  /** Present when it exists already and is changed in place. */
  readonly existing?: (Made & { readonly properties: P }) | undefined
  /** For resources the template does not name: `stack-LogicalId-…`, new for each replacement. */
  readonly generatedName: string
}

export interface ResourceType<P = unknown> {
  readonly type: string
  /** Properties that are accepted; any other is an error, because it would silently have no effect here. */
  readonly properties: z.ZodType<P>
  /** Properties whose change needs another resource ("Update requires: Replacement" in the CloudFormation reference). */
  readonly replacedBy: readonly string[]
  /** Creates or changes in place. */
  put(request: ResourceRequest<P>, context: DeploymentContext): Promise<Made>
  remove(made: Made, properties: P, context: DeploymentContext): Promise<void>
}

/** Keeps the type of the properties between the schema and the functions, and forgets it towards the table of types. */
export function resourceType<P>(definition: ResourceType<P>): ResourceType {
  return definition as unknown as ResourceType
}
