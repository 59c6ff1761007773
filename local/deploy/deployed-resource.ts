// A resource as a deployment left it: what the next one compares with.
import type { Made } from './resource-type.ts'
import type { ResourceDeclaration } from './template.ts'

/** A resource as it was last deployed. */
export interface DeployedResource extends Made {
  readonly type: string
  readonly properties: unknown
  readonly deletionPolicy: ResourceDeclaration['DeletionPolicy']
  readonly updateReplacePolicy: ResourceDeclaration['UpdateReplacePolicy']
  /** How often it was replaced; part of generated names. */
  readonly replacements: number
}
